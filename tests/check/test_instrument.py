"""Rewritten code gives what the author's gives: with every comment a claim and every line watched, or with none."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest

from tests.check.snippets import record

SITUATIONS = {
    "a compiled function has the graph that it had": """
        import torch
        def backend(graph, given):
            print(graph.code)
            return graph
        def f(x):
            # x: (B, T)
            y = x * 2  # (B, T)
            a, b = y, y + 1  # (B, T)
            n = y.shape[0]
            for row in y:  # (T,)
                a = a + row  # (B, T)
            return a + b  # (B, T)
        compiled = torch.compile(f, backend=backend, fullgraph=True)
        compiled(torch.ones(2, 3)); compiled(torch.zeros(2, 3)); f(torch.ones(2, 3))
        compiled(torch.ones(2, 3)); compiled(torch.ones(4, 5))
        """,
    "a trace has the graph that it had, and no warnings": """
        import torch, warnings
        def f(x):
            # x: (B, T)
            y = x + 1  # (B, T)
            z = y.view(y.shape[0], -1)  # (B, T)
            return z  # (B, T)
        f(torch.ones(2, 3))
        with warnings.catch_warnings(record=True) as caught:
            print(torch.jit.trace(f, (torch.ones(2, 3),)).code)
        print([warning for warning in caught if warning.category is torch.jit.TracerWarning])
        """,
    "a script is compiled from its source": """
        import torch
        def f(x):
            y = x + 1  # (B, T)
            return y  # (B, T)
        scripted = torch.jit.script(f)
        print(f(torch.ones(2, 3)), scripted(torch.ones(2, 3)), scripted.code)
        """,
    "a symbolic trace sees what the author does": """
        import torch
        def f(x):
            y = x + 1  # (B, T)
            return y.view(y.shape[0], -1)  # (B, T)
        f(torch.ones(2, 3))
        print(torch.fx.symbolic_trace(f).code)
        """,
    "an exported program is the same": """
        import torch
        class M(torch.nn.Module):
            def forward(self, x):
                # x: (B, T)
                y = x + 1  # (B, T)
                return y.flatten()  # (N,)
        for strict in (True, False):
            dims = {"x": {0: torch.export.Dim("batch")}}
            print(torch.export.export(M(), (torch.ones(2, 3),), dynamic_shapes=dims, strict=strict).graph)
        """,
    "transformed functions": """
        import torch
        from torch.func import grad, jacrev, vmap
        def loss(w, x):
            p = w @ x  # ()
            return p * p  # ()
        print(vmap(grad(loss), (None, 0))(torch.ones(3), torch.ones(5, 3)), jacrev(loss)(torch.ones(3), torch.ones(3)))
        """,
    "tensors without data": """
        import torch
        from torch._subclasses.fake_tensor import FakeTensorMode
        with FakeTensorMode():
            x = torch.empty(2, 3) @ torch.empty(3, 4)  # (B, C)
            print(x)
        y = torch.empty(2, 3, device="meta") + 1  # (2, 3)
        print(y)
        """,
    "those who listen to everything hear nothing more": """
        import torch
        from torch.overrides import TorchFunctionMode
        from torch.utils._python_dispatch import TorchDispatchMode
        class Loud(torch.Tensor):
            @classmethod
            def __torch_function__(cls, func, types, args=(), kwargs=None):
                print("tensor", func.__name__)
                return super().__torch_function__(func, types, args, kwargs or {})
        class Mode(TorchFunctionMode):
            def __torch_function__(self, func, types, args=(), kwargs=None):
                print("mode", func.__name__)
                return func(*args, **(kwargs or {}))
        class Dispatch(TorchDispatchMode):
            def __torch_dispatch__(self, func, types, args=(), kwargs=None):
                print("dispatch", func)
                return func(*args, **(kwargs or {}))
        def f(x):
            # x: (n,)
            for _ in range(3):
                y = x + 1  # (n,)
            return y  # (n,)
        f(torch.ones(3).as_subclass(Loud))
        f(torch.ones(3))
        with Mode():
            f(torch.ones(3))
        with Dispatch():
            f(torch.ones(3))
        """,
    "nothing is kept alive, and no name is left": """
        import torch, weakref, gc
        def f(n):
            m = 2
            x = torch.ones(n, m)  # (n, m)
            if n: k = n
            y = torch.ones(n)  # (k,)
            seen = [weakref.ref(x), weakref.ref(y)]
            del x, y
            z = torch.ones(k, m)  # (k, m)
            print([ref() for ref in seen], sorted(locals()))
            return weakref.ref(z)
        print(f(3)())
        x = torch.ones(3)  # (3,)
        seen = weakref.ref(x)
        del x
        print(seen(), sorted(name for name in globals() if not name.startswith("__")))
        """,
    "what an author takes from locals stays as it was": """
        import torch
        def f(n):
            if n: k = n
            names = locals()
            x = torch.ones(n)  # (k,)
            y = torch.ones(n)  # (k,)
            print(sorted(names), sorted(locals()))
        f(3)
        """,
    "iterators are not consumed": """
        import torch
        rows = iter(torch.ones(3, 2))
        x, *rest = rows  # (2,)
        y = z = map(len, rest)
        print(len(rest), list(y))
        for a, b in zip(iter(torch.ones(4)), iter(torch.ones(4))):  # ()
            print(a, b)
        """,
    "expressions with calls are evaluated once": """
        import torch
        def once(x):
            print("called")
            return x
        d = {}
        once(d)["a"] = once(torch.ones(2))  # (2,)
        once(d)["b"], c = once(torch.ones(2, 2))  # (2,)
        once(d)["a"] += 1  # (2,)
        class Counts:
            @property
            def x(self):
                print("read")
                return self._x
            @x.setter
            def x(self, value):
                self._x = value
        counts = Counts()
        counts.x = once(torch.ones(2))  # (2,)
        """,
    "sources and tracebacks are the author's": """
        import inspect, torch, traceback
        def f(x):
            # x: (n,)
            y = x + 1  # (n,)
            z = y.view(
                7)  # (7,)
            return z
        print(inspect.getsource(f), f.__doc__, f.__code__.co_firstlineno, f.__code__.co_varnames)
        try:
            f(torch.ones(3))
        except RuntimeError:
            print(traceback.format_exc())
        """,
    "classes, docstrings and generators stay what they are": '''
        import inspect, torch
        from dataclasses import dataclass, fields
        from enum import Enum
        @dataclass
        class Config:
            """A config."""
            width: int = 3
            mask: object = None
            table = torch.ones(3)  # (3,)
        class Colour(Enum):
            RED = 1
            BLUE = 2
        def rows(x):
            """Rows."""
            for row in x:  # (T,)
                y = yield row  # ()
                print(y)
        print([f.name for f in fields(Config)], Config.__doc__, list(Colour), sorted(vars(Colour)["_member_names_"]))
        print(inspect.isgeneratorfunction(rows), rows.__doc__)
        g = rows(torch.ones(2, 3))
        next(g), g.send(4)
        class Slotted:
            __slots__ = ("x",)
            def __init__(self, x):
                self.x = x  # (3,)
                self.__y = 2 if False else None if hasattr(self, "z") else None
        ''',
    "hooks, checkpoints and threads": """
        import threading, torch
        from torch.utils.checkpoint import checkpoint
        def f(x):
            # x: (n,)
            y = x.sin()  # (n,)
            return y * 2  # (n,)
        x = torch.ones(3, requires_grad=True)
        x.register_hook(lambda grad: print(grad))
        checkpoint(f, x, use_reentrant=False).sum().backward()
        threads = [threading.Thread(target=f, args=(torch.ones(n),)) for n in range(1, 9)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        """,
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_results_stay_what_they_are(situation: str) -> None:
    code = dedent(SITUATIONS[situation]).lstrip("\n")
    bare = record(re.sub(r"# [\w, ]*:? ?\((?=[\w, ]*\))", "# shape of (", code), sights=False)
    watched = record(code, sights=True)
    assert (bare["checks"], watched["stderr"]) == (0, bare["stderr"])
    assert watched["failures"] == bare["failures"] == []
    assert watched["checks"] + len(watched["sights"]) > 0
    assert _without_comments(watched["stdout"]) == _without_comments(bare["stdout"])


def _without_comments(text: str) -> str:
    """Sources and tracebacks quote the comments, which are not the same in both."""
    return re.sub(r" *#.*", "", text)
