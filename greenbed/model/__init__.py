"""Every type that flows from stage to stage; imports nothing of ours.

Source → Document → Note → (Verdicts) → Garden → Artifact, with Problems beside all of them. All types are frozen and hold
tuples or read-only mappings, so a value that a stage has handed on never changes. Lines and columns are 1-based positions in
the author's file, wherever they occur; paths inside a garden are `PurePosixPath`, absolute `Path`s appear only at the rim.
"""

from greenbed.model.config import (
    Config,
)
from greenbed.model.garden import (
    Artifact,
    Backlink,
    Entry,
    Garden,
    LinkKey,
    Part,
    Report,
    Target,
)
from greenbed.model.note import (
    Choice,
    Citation,
    Discovery,
    Document,
    Expected,
    Fact,
    FrontMatter,
    Growth,
    Heading,
    Kind,
    Link,
    LinkKind,
    Note,
    Options,
    Raises,
    Role,
    Snippet,
    Source,
    Term,
)
from greenbed.model.problem import (
    Code,
    Problem,
    Severity,
)
from greenbed.model.verdict import (
    Environment,
    Failure,
    Status,
    Verdict,
    Verification,
)

__all__ = [
    "Artifact",
    "Backlink",
    "Choice",
    "Citation",
    "Code",
    "Config",
    "Discovery",
    "Document",
    "Entry",
    "Environment",
    "Expected",
    "Fact",
    "Failure",
    "FrontMatter",
    "Garden",
    "Growth",
    "Heading",
    "Kind",
    "Link",
    "LinkKey",
    "LinkKind",
    "Note",
    "Options",
    "Part",
    "Problem",
    "Raises",
    "Report",
    "Role",
    "Severity",
    "Snippet",
    "Source",
    "Status",
    "Target",
    "Term",
    "Verdict",
    "Verification",
]
