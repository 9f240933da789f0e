"""Where the sample's own files are."""

from pathlib import Path

SAMPLE_FILES = Path(__file__).resolve().parents[3] / "resources" / "sample"
