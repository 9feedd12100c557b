/* Which cards pass, and how many would pass with each choice: one in a group replaces the one made there and keeps all others,
   a tag comes on top. `wishes` are [group, value] with "" for no wish; `fits` is all else that is asked. */
const countsOf = (cards, wishes, fits) => {
  const counts = new Map();
  const count = (key) => counts.set(key, (counts.get(key) ?? 0) + 1);
  const passing = new Set();
  for (const card of cards.filter(fits)) {
    const missed = wishes.filter(([group, value]) => value && card[group] !== value);
    if (!missed.length) {
      passing.add(card);
      for (const tag of card.tags.keys()) count(`tag ${tag}`);
    }
    for (const [group] of wishes) {
      if (!missed.every(([other]) => other === group)) continue;
      count(`${group} `);
      if (card[group]) count(`${group} ${card[group]}`);
    }
  }
  return { counts, passing };
};
