/* The files of the index: loaded as classic scripts, each once, since fetch fails on pages opened from disk. */
{
  const search = (globalThis.gardenSearch ??= {});
  const index = new URL(document.querySelector("[data-search]").dataset.index, document.baseURI).href;
  const folder = index.slice(0, index.lastIndexOf("/") + 1);
  const policy = globalThis.trustedTypes?.createPolicy("garden-search", {
    createScriptURL: (address) => {
      if (!address.startsWith(folder) || !/^[\w-]+\.js(\?\d+)?$/.test(address.slice(folder.length))) throw new TypeError(address);
      return address;
    },
  });
  const waiting = new Map();
  const loaded = new Map();
  let whole; /* the list of all files */

  /* What each file calls. */
  search.take = (name, content) => waiting.get(name)?.(content);

  const load = (name, suffix = "") => {
    if (!loaded.has(name)) {
      const promise = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        const address = `${folder}${name}.js${suffix}`;
        waiting.set(name, resolve);
        script.src = policy?.createScriptURL(address) ?? address;
        script.onload = () => script.remove();
        script.onerror = () => reject(new Error(address));
        document.head.append(script);
      });
      loaded.set(name, promise);
      promise.catch(() => loaded.delete(name));
    }
    return loaded.get(name);
  };

  /* Each term begins with the number of letters that it shares with the one before. */
  const unfold = (lines) => {
    let before = "";
    return lines.map((line) => (before = before.slice(0, parseInt(line[0], 36)) + line.slice(1)));
  };

  const prepared = (list) => {
    const sums = (counts) => counts.reduce((ends, count) => [...ends, ends.at(-1) + count], [0]);
    const recordOf = list.places.flatMap((count, record) => Array(count).fill(record));
    return { ...list, recordOf, groupEnds: sums(list.groups).slice(1), stop: new Set(list.stop.split(" ")) };
  };

  search.folder = folder;
  search.index = () => {
    whole ??= load("index").then(prepared);
    whole.catch(() => (whole = undefined));
    return whole;
  };

  /* After the site has been published anew: its list has changed, and so have the names of the files. */
  search.refresh = () => {
    loaded.delete("index");
    whole = load("index", `?${Date.now()}`).then(prepared);
    return search.index();
  };

  const shards = new Map();
  const shard = async (name) => {
    if (!shards.has(name)) {
      const [terms, places] = await load(name);
      shards.set(name, { terms: unfold(terms.split("\n")), places: places.split("\n") });
    }
    return shards.get(name);
  };

  const MOST = 4; /* files that one word asks for, as far as its endings are concerned */
  const first = (list, is) => {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (is(list[middle])) high = middle;
      else low = middle + 1;
    }
    return low;
  };

  /* The terms that begin with a word, or only the word itself: [term, written places]. */
  search.beginning = async (word, withEndings) => {
    const { terms } = await search.index();
    const last = withEndings ? `${word}\uffff` : word;
    const from = first(terms, ([start]) => start > word) - 1;
    const to = Math.min(first(terms, ([start]) => start > last), from + MOST);
    const parts = await Promise.all(terms.slice(from, to).map(([, name]) => shard(name)));
    return parts.flatMap((part) => {
      const begin = first(part.terms, (term) => term >= word);
      const end = first(part.terms, (term) => term > last);
      return part.terms.slice(begin, end).map((term, index) => [term, part.places[begin + index]]);
    });
  };

  /* All terms with one letter more or less than the word, or as many. */
  search.near = async (word) => {
    const { terms, spelling } = await search.index();
    if (terms.length === 1) return (await shard(terms[0][1])).terms;
    const names = [-1, 0, 1].map((more) => spelling[word.length + more]).filter(Boolean);
    return (await Promise.all(names.map((name) => load(name)))).flatMap(unfold);
  };

  /* A place by its number: [title, address, fragment, heading, text, code]. */
  search.place = async (number) => {
    const { blocks } = await search.index();
    let start = 0;
    for (const [count, name] of blocks) {
      if (number < start + count) return (await load(name))[number - start];
      start += count;
    }
    throw new RangeError(number);
  };
}
