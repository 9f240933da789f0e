"""Jobs: progress ten times a second at most, cancel, and an end that is always told."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.domain.problems import Refused
from app.services import jobs
from app.services.jobs import Cancelled, Job, JobContext, JobRunner, JobState, JobTerms
from app.storage.errors import DiskFull, Interrupted

PATIENCE = 10


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(jobs, "time", made)
    return made


@pytest.fixture
def runner() -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    made.close()


def steps_of(runner: JobRunner) -> list[tuple[JobState, int]]:
    """Note state and progress of every step that is told."""
    steps: list[tuple[JobState, int]] = []
    runner.subscribe(lambda job: steps.append((job.state, job.context.done)))
    return steps


def test_a_job_is_told_from_start_to_end(runner: JobRunner) -> None:
    steps = steps_of(runner)
    job = runner.start("Count", lambda context: context.progress(3, 10, "three") or "done", inline=True)
    assert [state for state, _ in steps] == [
        JobState.PENDING,
        JobState.RUNNING,
        JobState.RUNNING,
        JobState.COMPLETED,
    ]
    assert (job.state, job.result, job.future.result()) == (JobState.COMPLETED, "done", "done")
    assert (job.context.done, job.context.total, job.context.text) == (3, 10, "three")
    assert job.state.is_over
    assert runner.running() == []


def test_progress_is_told_ten_times_a_second_at_most(runner: JobRunner, clock: Clock) -> None:
    steps = steps_of(runner)

    def work(context: JobContext) -> None:
        for done in range(10_000):
            clock.now += 0.001
            context.progress(done, 10_000)

    runner.start("Work", work, inline=True)
    told = [done for state, done in steps if state is JobState.RUNNING and done]
    assert 90 <= len(told) <= 101
    assert told == sorted(told)


def test_the_time_left_is_told_once_it_is_steady(clock: Clock) -> None:
    context = JobContext()
    assert context.seconds_left() is None
    clock.now += 2
    assert context.seconds_left() is None
    context.progress(10, None)
    assert context.seconds_left() is None
    context.progress(20, 100)
    assert context.seconds_left() == pytest.approx(8)


def test_a_cancelled_job_stops_where_it_next_looks(runner: JobRunner) -> None:
    running, goes_on = threading.Event(), threading.Event()

    def work(context: JobContext) -> None:
        running.set()
        goes_on.wait(PATIENCE)
        context.check()
        pytest.fail("it went on")

    job = runner.start("Work", work)
    assert running.wait(PATIENCE)
    assert runner.running() == [job]
    job.cancel()
    goes_on.set()
    with pytest.raises(Cancelled):
        job.future.result(PATIENCE)
    assert job.state is JobState.CANCELLED
    assert job.error == ""


def test_a_job_cancelled_before_its_turn_never_runs(runner: JobRunner) -> None:
    goes_on = threading.Event()
    waiting = [runner.start("Wait", lambda _context: goes_on.wait(PATIENCE)) for _ in range(2)]
    last = runner.start("Never", lambda _context: pytest.fail("it ran"))
    assert last.state is JobState.PENDING
    last.cancel()
    goes_on.set()
    with pytest.raises(Cancelled):
        last.future.result(PATIENCE)
    assert all(job.future.result(PATIENCE) for job in waiting)


def test_a_query_that_was_interrupted_ends_the_job_as_cancelled(runner: JobRunner) -> None:
    def work(_context: JobContext) -> None:
        raise Interrupted

    assert runner.start("Work", work, inline=True).state is JobState.CANCELLED


@pytest.mark.parametrize(
    "problem", [Refused("This file has no rows."), DiskFull("The disk is full."), OSError("No such device.")]
)
def test_what_the_user_can_mend_is_told_in_its_own_words(runner: JobRunner, problem: Exception) -> None:
    def work(_context: JobContext) -> None:
        raise problem

    job = runner.start("Work", work, inline=True)
    assert (job.state, job.error) == (JobState.FAILED, str(problem))
    assert job.future.exception() is problem


def test_a_bug_is_logged_and_told_as_one(runner: JobRunner, expected_log: Callable[..., None]) -> None:
    expected_log("the job 'Work' failed")
    job = runner.start("Work", lambda _context: 1 // 0, inline=True)
    assert job.state is JobState.FAILED
    assert "inside the program" in job.error
    assert isinstance(job.future.exception(), ZeroDivisionError)


def test_a_listener_that_fails_stops_neither_the_job_nor_the_others(
    runner: JobRunner, expected_log: Callable[..., None]
) -> None:
    expected_log("a listener failed on the job 'Work'")

    def fail(_job: Job) -> None:
        raise ZeroDivisionError

    runner.subscribe(fail)
    steps = steps_of(runner)
    assert runner.start("Work", lambda _context: 1, inline=True).result == 1
    assert [state for state, _ in steps][-1] is JobState.COMPLETED


def test_a_listener_hears_no_more_after_it_left(runner: JobRunner) -> None:
    heard: list[Any] = []
    leave = runner.subscribe(heard.append)
    leave()
    leave()
    runner.start("Work", lambda _context: 1, inline=True)
    assert heard == []


def test_closing_cancels_what_runs_and_waits_for_it() -> None:
    runner = JobRunner()
    running = threading.Event()

    def work(context: JobContext) -> None:
        running.set()
        while True:
            context.check()

    job = runner.start("Work", work)
    assert running.wait(PATIENCE)
    runner.close()
    assert job.state is JobState.CANCELLED
    assert job.future.done()


def test_jobs_run_beside_each_other(runner: JobRunner) -> None:
    meeting = threading.Barrier(2, timeout=PATIENCE)
    jobs = [runner.start("Meet", lambda _context: meeting.wait()) for _ in range(2)]
    assert sorted(job.future.result(PATIENCE) for job in jobs) == [0, 1]
    assert jobs[0].id != jobs[1].id


def test_a_job_that_the_machine_kept_from_working_is_tried_again_with_growing_pauses(
    runner: JobRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(JobContext, "pause", lambda _context, seconds: pauses.append(seconds))
    problems = iter([DiskFull("full"), OSError("gone"), None])

    def work(_context: JobContext) -> str:
        problem = next(problems)
        if problem is not None:
            raise problem
        return "written"

    job = runner.start("Report", work, JobTerms("report", retries=2), inline=True)
    assert (job.state, job.result, job.attempt) == (JobState.COMPLETED, "written", 3)
    assert pauses == [2.0, 4.0]


@pytest.mark.parametrize("retries", [0, 1])
def test_a_job_is_not_tried_more_often_than_it_says(
    runner: JobRunner, monkeypatch: pytest.MonkeyPatch, retries: int
) -> None:
    monkeypatch.setattr(JobContext, "pause", lambda _context, _seconds: None)
    tried: list[int] = []

    def work(_context: JobContext) -> None:
        tried.append(1)
        raise DiskFull("The disk is full.")

    job = runner.start("Report", work, JobTerms("report", retries), inline=True)
    assert (job.state, job.error, len(tried)) == (JobState.FAILED, "The disk is full.", retries + 1)


def test_what_is_refused_or_a_bug_is_not_tried_again(
    runner: JobRunner, expected_log: Callable[..., None]
) -> None:
    expected_log("the job 'Report' failed")
    for error in (Refused("No."), ZeroDivisionError()):
        tried: list[int] = []

        def work(_context: JobContext, tried: list[int] = tried, error: Exception = error) -> None:
            tried.append(1)
            raise error

        runner.start("Report", work, JobTerms("report", retries=5), inline=True)
        assert len(tried) == 1


def test_a_pause_ends_when_the_job_is_cancelled(runner: JobRunner) -> None:
    waiting = threading.Event()

    def work(_context: JobContext) -> None:
        waiting.set()
        raise DiskFull("full")

    job = runner.start("Report", work, JobTerms("report", retries=50))
    assert waiting.wait(PATIENCE)
    job.cancel()
    with pytest.raises(Cancelled):
        job.future.result(PATIENCE)
    assert job.state is JobState.CANCELLED


def test_a_job_that_takes_too_long_is_stopped(runner: JobRunner) -> None:
    def work(context: JobContext) -> None:
        context.pause(PATIENCE)

    job = runner.start("Report", work, JobTerms("report", seconds=0.05))
    with pytest.raises(TimeoutError):
        job.future.result(PATIENCE)
    assert job.state is JobState.FAILED
    assert "took longer than" in job.error
