/* Text → the terms that it is found by, as greenbed/show/search/words.py makes them, with the place of each in the text. */
{
  const search = (globalThis.gardenSearch ??= {});
  const LONGEST = 64;
  const LONGEST_WORD = 4 * LONGEST;
  const SHORTEST_HUMP = 3;
  const WORD = /[\p{L}\p{N}_\u0300-\u036f]+(?:\.[\p{L}\p{N}_\u0300-\u036f]+)*/gu;
  const HUMPED = /[a-z][A-Z]|[A-Z]{2}[a-z]/;
  const HUMP = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g;

  const fold = (name) =>
    name
      .toLowerCase()
      .normalize("NFKD")
      .replace(/\p{M}+/gu, "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_]+/gu, "");

  const isLonger = (text, length) => text.length > length && [...text].length > length;

  /* The words that a name is made of, where they are several: [term, start, end]. */
  const pieces = (name, at) =>
    [...name.matchAll(/[^_]+/g)].flatMap(({ 0: part, index }) => {
      const start = at + index;
      const humps = HUMPED.test(part) ? [...part.matchAll(HUMP)].filter((hump) => hump[0].length >= SHORTEST_HUMP) : [];
      return [
        ...(part === name ? [] : [[fold(part), start, start + part.length]]),
        ...humps.map((hump) => [hump[0].toLowerCase(), start + hump.index, start + hump.index + hump[0].length]),
      ];
    });

  /* The whole, its endings, its names, and their pieces; each term once. */
  const termsOf = (word, at) => {
    const end = at + word.length;
    if (isLonger(word, LONGEST_WORD)) return [];
    if (/^[0-9.]+$/.test(word)) return isLonger(word, LONGEST) ? [] : [[word, at, end]];
    const names = word.split(".");
    const folded = names.map(fold);
    const starts = names.map((_, index) => at + names.slice(0, index).join(".").length + (index && 1));
    const found = names.slice(1).map((_, index) => [folded.slice(index).join("."), starts[index], end]);
    names.forEach((name, index) => {
      found.push([folded[index], starts[index], starts[index] + name.length], ...pieces(name, starts[index]));
    });
    const seen = new Set();
    return found.filter(([term]) => /[^_.]/.test(term) && !isLonger(term, LONGEST) && !seen.has(term) && seen.add(term));
  };

  /* Every word of a text, as its terms. */
  search.words = (text) => [...text.matchAll(WORD)].map((found) => termsOf(found[0], found.index));

  /* Every term of a text: [term, start, end]. */
  search.terms = (text) => search.words(text).flat();
}
