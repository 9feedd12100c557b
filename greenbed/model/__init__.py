"""Every type that flows from stage to stage; imports nothing of ours.

Source → Document → Note → (Verdicts) → Garden → Artifact, with Problems beside all of them. All types are frozen and hold
tuples or read-only mappings, so a value that a stage has handed on never changes. Lines and columns are 1-based positions in
the author's file, wherever they occur; paths inside a garden are `PurePosixPath`, absolute `Path`s appear only at the rim.
"""

from greenbed.model.bibliography import (
    Cited,
    Reference,
)
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
    Equivalent,
    Expected,
    Fact,
    FrontMatter,
    Growth,
    Heading,
    Kind,
    Link,
    LinkKind,
    Literal,
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
    Figure,
    Sight,
    Status,
    Survivor,
    Teeth,
    Verdict,
    Verification,
    Warned,
)

__all__ = [
    "Artifact",
    "Backlink",
    "Choice",
    "Citation",
    "Cited",
    "Code",
    "Config",
    "Discovery",
    "Document",
    "Entry",
    "Environment",
    "Equivalent",
    "Expected",
    "Fact",
    "Failure",
    "Figure",
    "FrontMatter",
    "Garden",
    "Growth",
    "Heading",
    "Kind",
    "Link",
    "LinkKey",
    "LinkKind",
    "Literal",
    "Note",
    "Options",
    "Part",
    "Problem",
    "Raises",
    "Reference",
    "Report",
    "Role",
    "Severity",
    "Sight",
    "Snippet",
    "Source",
    "Status",
    "Survivor",
    "Target",
    "Teeth",
    "Term",
    "Verdict",
    "Verification",
    "Warned",
]
