/* The reader's progress: one entry for each fact, under its id, in this browser. An entry says whether the reader knew the fact
   when last asked (known), how the quiz went (quiz), and in which box it lies until which day (box, due). Where the browser
   refuses to keep anything, or what it kept is damaged, the page works as if it were the first visit. */
const book = (() => {
  const holder = document.querySelector("[data-book]");
  const key = holder && `progress:${new URL(holder.dataset.book || "./", location.href).pathname}`;
  const days = [1, 2, 4, 9, 21]; /* that a fact rests in each box */
  let kept = new Map(); /* where the browser refuses */
  let refused = false;

  const isEntry = (entry) =>
    entry !== null &&
    typeof entry === "object" &&
    ["known", "quiz"].every((name) => [undefined, true, false].includes(entry[name])) &&
    (entry.box === undefined || (days[entry.box - 1] !== undefined && /^\d{4}-\d\d-\d\d$/.test(entry.due)));

  /* The entries that a text holds; undefined where it is no progress at all. */
  const read = (text) => {
    try {
      const { version, facts } = JSON.parse(text);
      if (version !== 1) return undefined;
      return new Map(Object.entries(facts).filter(([, entry]) => isEntry(entry)));
    } catch {
      return undefined;
    }
  };

  const text = (facts) => JSON.stringify({ version: 1, facts: Object.fromEntries(facts) }, null, 1);

  const all = () => {
    if (refused) return kept;
    try {
      return read(localStorage.getItem(key)) ?? new Map();
    } catch {
      refused = true;
      return kept;
    }
  };

  const keep = (facts) => {
    kept = facts;
    try {
      localStorage.setItem(key, text(facts));
    } catch {
      refused = true;
    }
    document.dispatchEvent(new Event("book"));
  };

  /* A day as it is kept, so many days from today. */
  const day = (after = 0) => {
    const now = new Date();
    const then = new Date(now.getFullYear(), now.getMonth(), now.getDate() + after);
    return [then.getFullYear(), then.getMonth() + 1, then.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  };

  /* What was kept in another tab is read again first, so that two tabs do not undo each other. */
  const change = (id, changes) => keep(all().set(id, { ...all().get(id), ...changes }));

  addEventListener("storage", (event) => event.key === key && document.dispatchEvent(new Event("book")));

  return {
    all,
    day,
    change,
    read,
    keep,
    text: () => text(all()),
    isRefused: () => all() && refused,
    /* A fact that was known moves on by a box, another one goes back to the first. A new one lies in the first. */
    grade: (id, knew) => {
      const box = knew ? Math.min((all().get(id)?.box ?? 1) + 1, days.length) : 1;
      change(id, { known: knew, box, due: day(days[box - 1]) });
    },
    isDue: (id) => (all().get(id)?.due ?? "") <= day(),
  };
})();
