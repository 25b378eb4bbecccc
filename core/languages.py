"""Which of the shipped languages a person reads."""

from functools import lru_cache

from django.conf import settings


@lru_cache(maxsize=512)
def language_of(locale: str) -> str:
    """The code of the shipped language of a tag: ``de`` of ``de-AT``; ``en`` of a language not shipped."""
    language = locale.partition("-")[0]
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
