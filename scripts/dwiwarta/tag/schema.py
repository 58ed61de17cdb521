"""What the tagger's YAML files may hold."""

from typing import Annotated

from pydantic import Field, model_validator

from dwiwarta.knowledge.codes import topic_id
from dwiwarta.knowledge.entries import Kind
from dwiwarta.knowledge.overlays import Overlay
from dwiwarta.yamlfile import Phrase, PlaceError, Strict

Weight = Annotated[float, Field(allow_inf_nan=False)]


class Condition(Strict):
    """When an ambiguous word counts; see ``country_rules.yml``."""

    own: bool = False
    any_of: tuple[Phrase, ...] = ()
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    not_age: bool = False
    initials: bool = False

    @property
    def needs_company(self) -> bool:
        """Whether the word counts only beside other words."""
        return self.own or bool(self.any_of)


class Company(Condition):
    """A condition that many words share."""

    words: tuple[str, ...] = Field(min_length=1)


class Example(Strict):
    """A sentence of our own and the countries that it must and must not give."""

    text: str
    gives: tuple[str, ...] = ()
    why: str = ""


class CountryRules(Strict):
    """All of ``country_rules.yml``."""

    traps: dict[str, tuple[Phrase, ...]]
    not_after: tuple[str, ...]
    not_before: tuple[str, ...]
    offices: tuple[str, ...]
    people: tuple[str, ...]
    whereabouts: tuple[str, ...]
    persons: tuple[str, ...]
    indefinite: tuple[str, ...]
    no_surname: tuple[str, ...]
    history_before: tuple[str, ...]
    company: tuple[Company, ...] = ()
    conditions: dict[Phrase, Condition]
    examples: tuple[Example, ...] = ()

    @model_validator(mode="after")
    def _no_word_twice(self) -> "CountryRules":
        words = [*self.conditions, *(word for group in self.company for word in group.words)]
        twice = sorted({word for word in words if words.count(word) > 1})
        if twice:
            raise ValueError(f"conditions for the same word: {', '.join(twice)}")
        return self

    def by_word(self) -> dict[str, Condition]:
        """The condition of every word that has one, its own or one it shares."""
        shared = {word: group for group in self.company for word in group.words}
        return {**shared, **self.conditions}


class CountryRulesOverlay(Overlay):
    """A site's own ``country_rules.yml``: traps and conditions. ``without``: words of either."""

    traps: dict[str, tuple[Phrase, ...]] = Field({})
    conditions: dict[Phrase, Condition] = Field({})

    def over(self, program: CountryRules) -> CountryRules:
        """The program's rules with ours: a word has the condition that we give it."""
        gone = {*self.without, *self.conditions}
        groups = [
            group.model_copy(update={"words": tuple(w for w in group.words if w not in gone)})
            for group in program.company
        ]
        kept = {word: one for word, one in program.conditions.items() if word not in gone}
        traps = {
            name: tuple(word for word in words if word not in self.without)
            for name, words in program.traps.items()
        }
        for name, words in self.traps.items():
            traps[name] = (*traps.get(name, ()), *words)
        return program.model_copy(
            update={
                "traps": traps,
                "conditions": {**kept, **self.conditions},
                "company": tuple(group for group in groups if group.words),
            }
        )


class AboutWeights(Strict):
    """The fitted weights of ``country_score.yml``: log-odds for one unit of each feature."""

    bias: float
    title: float
    lead: float
    opens: float
    mass: float
    dense: float
    share: float
    early: float
    unnamed: float
    home: float
    alone: float
    brief: float
    acting: float
    athletes: float
    leading: float
    roundup: float
    items: float
    group: float
    incidents: float
    referred: float
    backdrop: float


class HomeWeights(Strict):
    """What makes an article that names other countries one about Indonesia; see ``tag/home.py``."""

    bias: float
    abroad: float
    together: float
    opening: float
    title: float
    named: float
    dealings: float
    unnamed: float


class CountryRoles(Strict):
    """All of ``country_roles.yml``."""

    auxiliaries: tuple[str, ...]
    verbs: tuple[str, ...]
    events: tuple[str, ...]
    sites: tuple[str, ...]
    races_before: tuple[str, ...]
    races_after: tuple[str, ...]
    schools_before: tuple[str, ...]
    schools_after: tuple[str, ...]
    athletes: tuple[str, ...]
    examples: tuple[str, ...]
    sport: tuple[str, ...]
    sport_from: float = Field(gt=0, lt=1)
    results: tuple[str, ...]
    markets: tuple[str, ...]
    dealings: tuple[str, ...]
    incidents: tuple[str, ...]
    backdrop: tuple[str, ...]


class CountryScore(Strict):
    """All of ``country_score.yml``."""

    kinds: dict[Kind, float]
    mentioned_from: float = Field(gt=0)
    about_from: float = Field(gt=0, lt=1)
    home_from: float = Field(gt=0, lt=1)
    weights: AboutWeights
    home: HomeWeights


class TopicTerms(Strict):
    """All of ``topic_terms.yml``: topic → weight → terms."""

    terms: dict[str, dict[Weight, tuple[str, ...]]]

    @model_validator(mode="after")
    def _no_term_twice(self) -> "TopicTerms":
        for topic, groups in self.terms.items():
            terms = [term for group in groups.values() for term in group]
            twice = sorted({term for term in terms if terms.count(term) > 1})
            if twice:
                raise ValueError(f"{topic}: listed twice: {', '.join(twice)}")
        return self


class TopicTermsOverlay(Overlay):
    """A site's own ``topic_terms.yml``. ``without``: terms that speak for no topic."""

    terms: dict[str, dict[Weight, tuple[str, ...]]] = Field({})

    @model_validator(mode="after")
    def _topics_are_known(self) -> "TopicTermsOverlay":
        for topic in self.terms:
            if topic_id(topic) != topic:
                raise PlaceError(f"no Media Topic of the top level: {topic}", ("terms", topic))
        TopicTerms(terms=self.terms)
        return self

    def over(self, program: TopicTerms) -> TopicTerms:
        """The program's terms with ours: a term has the weight that we give it for a topic."""
        found: dict[str, dict[Weight, tuple[str, ...]]] = {}
        for topic in (*program.terms, *self.terms):
            own = self.terms.get(topic, {})
            gone = {*self.without, *(term for terms in own.values() for term in terms)}
            groups = {
                weight: tuple(term for term in terms if term not in gone)
                for weight, terms in program.terms.get(topic, {}).items()
            }
            for weight, terms in own.items():
                groups[weight] = (*groups.get(weight, ()), *terms)
            found[topic] = groups
        return program.model_copy(update={"terms": found})

    def over_learned(self, program: "TopicWeights") -> "TopicWeights":
        """What was learned, without the terms that are off."""
        learned = {
            topic: {term: weight for term, weight in terms.items() if term not in self.without}
            for topic, terms in program.learned.items()
        }
        return program.model_copy(update={"learned": learned})


class TopicWeights(Strict):
    """All of ``topic_weights.yml``; see ``tag/topics.py`` for the sums."""

    title_counts: float = Field(gt=0, description="a word in the title counts as so many")
    scale: float = Field(gt=0, description="sharpens or flattens the scores")
    bias: dict[str, float]
    learned: dict[str, dict[str, float]]
