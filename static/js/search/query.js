/* A query → the records that hold its words, the best first, each with the place to lead to. */
{
  const search = (globalThis.gardenSearch ??= {});
  const PREFIX = 0.6;
  const SINGULAR = 0.8;
  const TAIL = 0.5; /* softmax where F.softmax was asked for */
  const MISSPELT = 0.4;
  const SHORTEST_PREFIX = 2;
  const SHORTEST_MISSPELT = 5;

  /* What a word may be found as: its own forms, each with what a hit of it is worth. */
  const formsOf = ([[whole], ...rest]) => {
    const tail = whole.includes(".") ? whole.slice(whole.lastIndexOf(".") + 1) : "";
    const forms = [[whole, 1, true]];
    if (tail.length >= SHORTEST_PREFIX && !/^\d+$/.test(tail)) forms.push([tail, TAIL, false]);
    if (/[^s]s$/.test(whole) && whole.length > 3) forms.push([whole.slice(0, -1), SINGULAR, false]);
    return { whole, forms, parts: [...new Set(rest.map(([term]) => term))] };
  };

  /* place → what the word is worth there; and the terms that it was found as. */
  class Hits {
    worth = new Map();
    terms = new Set();

    add(term, written, factor) {
      let place = -1;
      this.terms.add(term);
      for (const [, distance, impact] of written.matchAll(/([0-9a-z]*)([A-Z])/g)) {
        place += 1 + (distance ? parseInt(distance, 36) : 0);
        const worth = factor * (impact.charCodeAt(0) - 64);
        if (worth > (this.worth.get(place) ?? 0)) this.worth.set(place, worth);
      }
    }
  }

  const hitsOf = async ({ whole, forms }) => {
    const hits = new Hits();
    for (const [form, factor, withEndings] of forms) {
      for (const [term, places] of await search.beginning(form, withEndings && form.length >= SHORTEST_PREFIX)) {
        hits.add(term, places, term === form ? factor : factor * PREFIX);
      }
    }
    if (!hits.worth.size && whole.length >= SHORTEST_MISSPELT) {
      for (const term of (await search.near(whole)).filter((term) => search.isOneEdit(term, whole))) {
        const [[, places]] = await search.beginning(term, false);
        hits.add(term, places, MISSPELT);
      }
    }
    return hits;
  };

  /* A name that nobody uses as a whole is looked for by its parts. */
  const expanded = async (word) => {
    const hits = await hitsOf(word);
    if (hits.worth.size || word.parts.length < 2) return [hits];
    const parts = await Promise.all(word.parts.map((part) => hitsOf({ whole: part, forms: [[part, 1, true]] })));
    return parts.every((part) => part.worth.size) ? parts : [hits];
  };

  /* The records that hold as many of the words as any does, and those that are worth more all the same. */
  const ranked = (words, { recordOf, places }) => {
    const found = new Map();
    for (const hits of words) {
      const inRecords = new Map();
      for (const [place, worth] of hits.worth) {
        const record = recordOf[place];
        inRecords.set(record, Math.max(worth, inRecords.get(record) ?? 0));
      }
      const rarity = Math.log(1 + (places.length - inRecords.size + 0.5) / (inRecords.size + 0.5));
      for (const [record, worth] of inRecords) {
        const entry = found.get(record) ?? { record, words: 0, worth: 0, places: new Map() };
        entry.words += 1;
        entry.worth += rarity * worth;
        found.set(record, entry);
      }
      for (const [place, worth] of hits.worth) {
        const at = found.get(recordOf[place]).places;
        at.set(place, (at.get(place) ?? 0) + rarity * worth);
      }
    }
    const most = Math.max(0, ...[...found.values()].map((entry) => entry.words));
    const fullest = [...found.values()].filter((entry) => entry.words === most);
    const best = Math.max(0, ...fullest.map((entry) => entry.worth));
    const kept = [...found.values()].filter((entry) => entry.words === most || entry.worth > best);
    kept.sort((one, other) => other.worth - one.worth || one.record - other.record);
    return { kept, most };
  };

  const bestPlace = (places) =>
    [...places].reduce((best, next) => (next[1] > best[1] || (next[1] === best[1] && next[0] < best[0]) ? next : best))[0];

  /* { hits: [{ group, place }], marks: term → which word, isPartial }. */
  search.query = async (text) => {
    const index = await search.index();
    const all = search.words(text).filter((terms) => terms.length);
    const telling = all.filter(([[term]]) => !index.stop.has(term));
    const words = (await Promise.all((telling.length ? telling : all).map(formsOf).map(expanded))).flat();
    const { kept, most } = ranked(words, index);
    return {
      hits: kept.map(({ record, places }) => ({
        group: index.groupEnds.findIndex((end) => record < end),
        place: bestPlace(places),
      })),
      marks: new Map(words.flatMap((hits, number) => [...hits.terms].map((term) => [term, number]))),
      isPartial: most < words.length,
    };
  };
}
