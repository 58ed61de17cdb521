"""All tags of one article."""

from collections.abc import Mapping

from dwiwarta.knowledge import KNOWLEDGE_DIR, LEARNED_DIR, taxonomy
from dwiwarta.knowledge.entries import BodiesOverlay, CountriesOverlay
from dwiwarta.knowledge.overlays import load_overlay, own_file
from dwiwarta.model import Article, CountryTag, Evidence, Tags, TopicTag
from dwiwarta.tag.about import country_tags
from dwiwarta.tag.bodies import BodyTagger
from dwiwarta.tag.home import settle_home
from dwiwarta.tag.mentions import MentionFinder
from dwiwarta.tag.roles import RoleReader
from dwiwarta.tag.schema import (
    CountryRoles,
    CountryRules,
    CountryRulesOverlay,
    CountryScore,
    TopicTerms,
    TopicTermsOverlay,
    TopicWeights,
)
from dwiwarta.tag.tokens import segments_of
from dwiwarta.tag.topics import TopicTagger
from dwiwarta.yamlfile import load_yaml

# Where an editor names the tags, there is nothing to weigh.
_BY_EDITOR = (Evidence("set by the editor", 1, 0.0, "section"),)


class Tagger:
    """Tags articles. Holds no state: the same article always gets the same tags."""

    def __init__(
        self,
        mentions: MentionFinder,
        roles: RoleReader,
        score: CountryScore,
        bodies: BodyTagger,
        topics: TopicTagger,
    ) -> None:
        self._mentions = mentions
        self._roles = roles
        self._score = score
        self._bodies = bodies
        self._topics = topics

    def tag(self, article: Article) -> Tags:
        """Countries, bodies and topics, each best first.

        Only the title, the paragraphs and, for topics, the publisher's section are evidence.
        What an editor set in the front matter wins over everything.
        """
        segments = segments_of(article)
        chosen = article.overrides
        if chosen.countries is None:
            roles = self._roles.read(segments, self._mentions.find(segments))
            countries = settle_home(
                country_tags(roles, len(article.paragraphs), self._score),
                roles,
                self._score.home,
                self._score.home_from,
            )
        else:
            countries = tuple(CountryTag(code, True, 1.0, _BY_EDITOR) for code in chosen.countries)
        if chosen.topics is None:
            topics = self._topics.tag(segments, article.category)
        else:
            topics = tuple(TopicTag(topic, 1.0, _BY_EDITOR) for topic in chosen.topics)
        return Tags(countries, self._bodies.tag(segments), topics)


def load_tagger() -> Tagger:
    """Read the knowledge files and compile what they list. Raises ``SettingsError``."""
    own_rules = load_overlay("country_rules.yml", CountryRulesOverlay)
    rules = own_rules.over(load_yaml(KNOWLEDGE_DIR / "country_rules.yml", CountryRules))
    own_terms = load_overlay("topic_terms.yml", TopicTermsOverlay)
    return Tagger(
        mentions=MentionFinder(taxonomy.countries(), rules),
        roles=RoleReader(
            load_yaml(KNOWLEDGE_DIR / "country_roles.yml", CountryRoles),
            (*rules.offices, *rules.people),
        ),
        score=load_yaml(LEARNED_DIR / "country_score.yml", CountryScore),
        bodies=BodyTagger(taxonomy.bodies()),
        topics=TopicTagger(
            taxonomy.topics(),
            own_terms.over(load_yaml(KNOWLEDGE_DIR / "topic_terms.yml", TopicTerms)),
            own_terms.over_learned(load_yaml(LEARNED_DIR / "topic_weights.yml", TopicWeights)),
        ),
    )


def own_words() -> Mapping[str, str]:
    """The words of tags that the site itself lists, with their file."""
    terms = load_overlay("topic_terms.yml", TopicTermsOverlay).terms
    bodies = load_overlay("bodies.yml", BodiesOverlay).bodies
    words = {
        "bodies.yml": [name for body in bodies.values() for name in body.names],
        "countries.yml": load_overlay("countries.yml", CountriesOverlay).words(),
        "topic_terms.yml": [term for of in terms.values() for ones in of.values() for term in ones],
    }
    return {word: own_file(name) for name, ones in words.items() for word in ones}
