/* The passage of a text in which the words of a query stand, in pieces: [text, is marked]. */
{
  const search = (globalThis.gardenSearch ??= {});
  const LENGTH = 170;
  const LEAD = 40; /* letters before the first word */

  const hitsIn = (text, marks) => search.terms(text).filter(([term]) => marks.has(term));
  const telling = (hits, marks) => 10 * new Set(hits.map(([term]) => marks.get(term))).size + Math.min(hits.length, 9);

  /* A text with the words of the query apart. */
  search.marked = (text, marks, from = 0, to = text.length) => {
    const ranges = hitsIn(text, marks).map(([, start, end]) => [start, end]);
    ranges.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
    const pieces = [];
    let done = from;
    for (const [start, end] of ranges) {
      if (start < done || end > to) continue;
      if (start > done) pieces.push([text.slice(done, start), false]);
      pieces.push([text.slice(start, end), true]);
      done = end;
    }
    if (done < to) pieces.push([text.slice(done, to), false]);
    return pieces;
  };

  const bestLine = (lines, marks) => {
    let best = { line: "", hits: [], worth: 0 };
    for (const line of lines) {
      const hits = hitsIn(line, marks);
      const worth = telling(hits, marks);
      if (hits.length && worth > best.worth) best = { line, hits, worth };
    }
    return best;
  };

  /* As much of a line as fits, where it says most, cut between words. */
  const cut = ({ line, hits }, marks) => {
    if (line.length <= LENGTH) return search.marked(line, marks);
    const windows = hits.map(([, start]) => {
      const from = Math.max(0, Math.min(start - LEAD, line.length - LENGTH));
      return { from, worth: telling(hits.filter((hit) => hit[1] >= from && hit[2] <= from + LENGTH), marks) };
    });
    const { from } = windows.reduce((best, next) => (next.worth > best.worth ? next : best), windows[0] ?? { from: 0 });
    const start = from && line.indexOf(" ", from) + 1;
    const space = line.lastIndexOf(" ", start + LENGTH);
    const end = start + LENGTH >= line.length ? line.length : space > start ? space : start + LENGTH;
    const pieces = search.marked(line, marks, start, end);
    if (start) pieces.unshift(["… ", false]);
    if (end < line.length) pieces.push([" …", false]);
    return pieces;
  };

  /* From the text if it holds any of the words, else from the code, else the beginning. */
  search.passage = (text, code, marks) => {
    const inText = bestLine(text.split("\n"), marks);
    const inCode = bestLine(code.split("\n"), marks);
    if (inCode.worth > inText.worth + 5) return { pieces: cut(inCode, marks), isCode: true };
    if (inText.worth) return { pieces: cut(inText, marks), isCode: false };
    return { pieces: cut({ line: text.split("\n")[0], hits: [] }, marks), isCode: false };
  };
}
