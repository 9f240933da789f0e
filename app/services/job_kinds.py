"""The kinds of jobs that the history keeps, and what holds for each. What a page does by the way is none of them."""

from app.services.jobs import JobTerms

IMPORT = JobTerms("import")
EXPORT = JobTerms("export")
BULK_EDIT = JobTerms("bulk edit")
CHECK = JobTerms("check")
RECEIPTS = JobTerms("receipts")
RATES = JobTerms("exchange rates")
BACKUP = JobTerms("backup", retries=2, seconds=4 * 3600)
RESTORE = JobTerms("restore")
