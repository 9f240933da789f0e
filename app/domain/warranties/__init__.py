"""Warranties as plain values: covers, their states, what makes one valid, and which ones a list shows."""

from app.domain.warranties.filters import CoverFilter, SortBy
from app.domain.warranties.record import (
    COVER_KINDS,
    LIFETIME,
    REMINDER_DAYS,
    Cover,
    CoverStatus,
    Duration,
    Horizon,
    add_duration,
    check_cover,
    cover_for,
    cover_status,
    furthest,
    own_kind,
    status_until,
)

__all__ = [
    "COVER_KINDS",
    "LIFETIME",
    "REMINDER_DAYS",
    "Cover",
    "CoverFilter",
    "CoverStatus",
    "Duration",
    "Horizon",
    "SortBy",
    "add_duration",
    "check_cover",
    "cover_for",
    "cover_status",
    "furthest",
    "own_kind",
    "status_until",
]
