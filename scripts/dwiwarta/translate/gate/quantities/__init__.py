"""Numbers, dates, times, units and trends: do those of an answer agree with its original?

``quantity`` says what one of them is; ``numerals``, ``idioms`` and ``datetimes`` read them from
words and digits, ``find`` brings all of a text together, ``agreement`` holds two texts against each
other with the help of ``units`` and ``trends``.
"""

from dwiwarta.translate.gate.quantities.agreement import disagreement

__all__ = ["disagreement"]
