"""The build, readable from top to bottom. Everything is gathered before anything is rendered."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dwiwarta.clean import Rules, clean_article, load_rules
from dwiwarta.dedupe import find_pairs, group_stories
from dwiwarta.errors import ArticleError
from dwiwarta.model import Article, Entry, RawArticle, Story
from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_folder
from dwiwarta.render import render_pages
from dwiwarta.settings import Project
from dwiwarta.site import index_search, run_mkdocs, write_docs
from dwiwarta.slugs import unique_slugs
from dwiwarta.tag import load_tagger
from dwiwarta.translate import TranslationCount, memory_path, open_memory, translate_articles
