/* Whether two words are one edit apart: a letter too many, too few or wrong, or two neighbours exchanged. */
{
  const search = (globalThis.gardenSearch ??= {});

  search.isOneEdit = (one, other) => {
    if (Math.abs(one.length - other.length) > 1 || one === other) return false;
    const [short, long] = one.length <= other.length ? [one, other] : [other, one];
    let at = 0;
    while (at < short.length && short[at] === long[at]) at += 1;
    const rest = long.slice(at + 1);
    if (short.length < long.length) return short.slice(at) === rest;
    return (
      short.slice(at + 1) === rest ||
      (short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2))
    );
  };
}
