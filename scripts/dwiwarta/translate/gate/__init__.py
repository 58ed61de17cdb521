"""The gate: is this answer of an engine a translation of this paragraph at all?"""

from dwiwarta.translate.gate.check import check_answer, misplaced, says_quota
from dwiwarta.translate.gate.rules import GateRules, load_gate_rules

__all__ = ["GateRules", "check_answer", "load_gate_rules", "misplaced", "says_quota"]
