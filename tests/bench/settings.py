"""The product's settings, with two bare views of the benchmark's beside its own."""

from quizsite.settings import *  # noqa: F403 - the product's settings are what is measured

ROOT_URLCONF = "tests.bench.urls"
