"""Identifiers that survive export, import, backup and merge."""

import os
import time
from uuid import UUID


def new_uuid() -> UUID:
    """Return a new UUID, version 7 (RFC 9562): 48 bits of Unix time in milliseconds, then 74 random bits.

    Identifiers made one after another sort nearly in that order, which keeps a database index on them compact.
    """
    return UUID(bytes=new_uuid_bytes())


def new_uuid_bytes() -> bytes:
    """Return the 16 bytes of a new UUID, version 7; what bulk inserts store without a detour."""
    return version_7(time.time_ns() // 1_000_000, os.urandom(10))


def version_7(milliseconds: int, random: bytes) -> bytes:
    """Return the 16 bytes of a UUID, version 7, of a Unix time in milliseconds and ten random bytes."""
    bits = bytearray(random)
    bits[0] = (bits[0] & 0x0F) | 0x70
    bits[2] = (bits[2] & 0x3F) | 0x80
    return milliseconds.to_bytes(6, "big") + bytes(bits)
