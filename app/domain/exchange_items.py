"""The values of objects in our JSON, such as the warranties of a purchase, read with care.

What is not as it was exported is told in one sentence.
"""

from datetime import date
from typing import Any
from uuid import UUID

from app.domain.parsing import NotUnderstood, shown


def objects(document: Any, words: str) -> list[dict[str, Any]]:
    """Return a list of objects, empty for none; `words` name them in a sentence. Raises `NotUnderstood`."""
    if document is None:
        return []
    if not isinstance(document, list) or not all(isinstance(item, dict) for item in document):
        raise NotUnderstood(f"The {words} are not a list of objects; leave them as they were exported.")
    return document


def text_of(item: dict[str, Any], key: str) -> str:
    """Return a text of an object, "" where it is not set. Raises `NotUnderstood`."""
    value = item.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise NotUnderstood(f"“{key}” has to be a text, not {shown(str(value))}.")
    return value


def flag_of(item: dict[str, Any], key: str) -> bool:
    """Return true or false, false where it is not set. Raises `NotUnderstood`."""
    value = item.get(key, False)
    if not isinstance(value, bool):
        raise NotUnderstood(f"“{key}” has to be true or false, not {shown(str(value))}.")
    return value


def count_of(item: dict[str, Any], key: str) -> int:
    """Return a whole number, 0 where it is not set. Raises `NotUnderstood`."""
    value = item.get(key, 0)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 2**53:
        raise NotUnderstood(f"“{key}” has to be a whole number, not {shown(str(value)[:50])}.")
    return value


def day_of(item: dict[str, Any], key: str) -> date | None:
    """Return a calendar date, None where it is not set. Raises `NotUnderstood`."""
    text = text_of(item, key)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotUnderstood(f"{shown(text)} is not a date; write it as 2026-01-31.") from error


def uuid_of(item: dict[str, Any], key: str) -> UUID | None:
    """Return a UUID, None where it is not set. Raises `NotUnderstood`."""
    text = text_of(item, key)
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as error:
        raise NotUnderstood(f"{shown(text)} is not a UUID; leave it as it was exported, or empty.") from error


def required(value: date | None, words: str) -> date:
    """Return a date that has to be there; `words` name it in a sentence. Raises `NotUnderstood`."""
    if value is None:
        raise NotUnderstood(f"The date “{words}” is missing; write it as 2026-01-31.")
    return value


def uuid_text(uuid: UUID | None) -> str | None:
    """Return a UUID as our files write it."""
    return None if uuid is None else str(uuid)
