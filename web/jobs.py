"""What a process of the pool does for a request: it reads an article, scores it, and writes the answer."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from onrecord.features.document import Article
from onrecord.scoring.fetch import Page
from onrecord.scoring.pool import Failure
from onrecord.scoring.report import Report
from onrecord.web.problems import Problem, problem_of

REASONS = 4  # on each side of a comparison

Form = Literal["record", "row", "page", "summary"]


@dataclass(frozen=True, slots=True)
class Upload:
    """The bytes of a file (or of what was pasted) and its name."""

    data: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page, and the URL that was asked for."""

    page: Page
    url: str


@dataclass(frozen=True, slots=True)
class Job:
    """An article and what is wanted of it.

    Attributes:
        source: where it is; None when `about` has its text or html.
        about: a record as `extract.described` takes it.
        model: what `load_model` takes.
        form: the record, the flat row, the article page, or what a comparison shows.
        changes: whether to look for what would raise the score.
    """

    source: Fetched | Upload | None
    model: str
    form: Form
    about: Mapping[str, Any] = field(default_factory=dict)
    changes: bool = False


Answer = str | Problem


def perform(jobs: Sequence[Job]) -> list[Answer]:
    """JSON or HTML for each job, or what is wrong with it."""
    return [_attempt(job) for job in jobs]


def failed(job: Job, failure: Failure) -> Answer:
    """The answer where a process did not survive its job."""
    if failure.kind == "time":
        return Problem(504, f"the article took longer than {failure.detail}", "shorten it, or leave it out")
    if failure.kind == "memory":
        return Problem(413, f"the article needs more memory than {failure.detail}", "shorten it, or leave it out")
    problem = f"the article ended the process that read it ({failure.detail})"
    return Problem(500, problem, "report this article as a fault of onrecord")


def _attempt(job: Job) -> Answer:
    try:
        return _answer(job)
    except MemoryError:  # the pool decides
        raise
    except (Exception, SystemExit) as error:  # one article must not end the others, nor the server
        return problem_of(error)


def _answer(job: Job) -> str:
    from onrecord.scoring.changes import with_changes
    from onrecord.scoring.model import load_model
    from onrecord.scoring.score import score_article

    model = load_model(job.model)
    report = score_article(_article(job), model)
    if job.changes:
        report = with_changes(report, model)
    if job.form == "page":
        from onrecord.scoring.render import to_html

        return to_html(report)
    return json.dumps(_written(report, job), ensure_ascii=False, allow_nan=False)


def _written(report: Report, job: Job) -> dict[str, Any]:
    from onrecord.scoring.record import replace_surrogates, to_record, to_row

    record = to_record(report)
    if job.form == "row":
        return to_row(record, replace_surrogates(str(job.about.get("id", ""))))
    return record if job.form == "record" else _summary(report, record)


def _article(job: Job) -> Article:
    from onrecord.scoring.extract import described, from_record
    from onrecord.scoring.formats import article_format
    from onrecord.scoring.source import read_data, read_page

    if job.source is None:
        return from_record(job.about)
    if isinstance(job.source, Upload):
        name = job.source.name or "the text"
        return described(read_data(job.source.data, name, article_format(name)), job.about)
    return described(read_page(job.source.page, job.source.url), job.about)


def _summary(report: Report, record: Mapping[str, Any]) -> dict[str, Any]:
    """What a comparison shows of an article."""
    from onrecord.scoring.display import KIND_PLURALS, title_of
    from onrecord.scoring.explain import KIND_NAMES, explain, sources
    from onrecord.scoring.record import replace_surrogates

    explanation = explain(report, REASONS)
    kinds = Counter(source.kind for source in sources(report))
    return {
        **{key: record[key] for key in ("article", "score", "bias", "notes", "model")},
        "title": replace_surrogates(title_of(report)),
        "label": explanation.label,
        "summary": explanation.summary,
        "families": [{"name": family.name, "points": family.points} for family in report.families],
        "raised": [_reason(each.points, each.text) for each in explanation.raised],
        "lowered": [_reason(each.points, each.text) for each in explanation.lowered],
        "sources": {KIND_NAMES[kind] if count == 1 else KIND_PLURALS[kind]: count for kind, count in kinds.items()},
        "genre": asdict(report.genre)["name"],
    }


def _reason(points: float, text: str) -> dict[str, Any]:
    from onrecord.scoring.record import replace_surrogates

    return {"points": float(points), "text": replace_surrogates(text)}
