/* Keeps the garden readable without a network. Pages come from the network while there is one, and from what was kept where there
   is none; files whose names carry a hash of their content are asked for once. The build writes LIST, the address of the list of
   files with their versions, before this: a garden that has changed has another list, and so another worker. */
const root = new URL("./", self.location).pathname;
const name = `greenbed ${root}`;
const PATIENCE = 4000; // milliseconds until a page that is kept is shown rather than waited for
const HASHED = /[0-9a-f]{8,}\.\w+$/;

const open = () => caches.open(name);
const list = async () => ((await (await open()).match(root + LIST)) ?? (await fetch(root + LIST))).json();

/* "/garden/bits/x/?q=1" and "/garden/bits/x/index.html" are one page, known by its path below the site's root. */
const pathOf = (address) => {
  const path = decodeURI(new URL(address).pathname).slice(root.length);
  const last = path.slice(path.lastIndexOf("/") + 1);
  if (!last) return `${path}index.html`;
  return last.includes(".") ? path : `${path}/index.html`;
};

/* What is kept is known by its version, so that a page that has not changed since need not be fetched again. */
const keyOf = (path, version) => new URL(`${encodeURI(root + path)}?${version}`, self.location).href;
const isWhole = (response) => response?.ok && response.type === "basic" && !response.redirected;
const kept = async (path) => (await open()).match(encodeURI(root + path), { ignoreSearch: true });

const keep = async (path, response) => {
  const version = (await list()).files[path];
  if (version) await (await open()).put(keyOf(path, version), response);
};

/* From the network, and kept. */
const asked = async (event, path) => {
  const response = (await event.preloadResponse) || (await fetch(event.request));
  if (isWhole(response)) event.waitUntil(keep(path, response.clone()));
  return response;
};

/* The words for a page that was never here: their addresses begin at the root, wherever they are shown. */
const missing = async () => {
  const page = await kept("offline.html");
  if (!page) return Response.error();
  const html = (await page.text()).replaceAll('="./', `="${root}`);
  return new Response(html, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
};

const page = async (event, path) => {
  const coming = asked(event, path);
  event.waitUntil(coming.catch(() => undefined)); // also where a kept page is shown before it comes
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE)).then(() => kept(path));
  try {
    return (await Promise.race([coming, late])) ?? (await coming);
  } catch {
    return (await kept(path)) ?? missing();
  }
};

const file = async (event, path) => {
  if (!HASHED.test(path)) return asked(event, path).catch(async () => (await kept(path)) ?? Response.error());
  return (await kept(path)) ?? asked(event, path);
};

/* Fetches what is to be there and is not yet, a few at a time; what cannot be had now is asked for the next time. */
const fill = async (files) => {
  const cache = await open();
  const there = new Set((await cache.keys()).map((request) => request.url));
  const queue = files.filter(([path, version]) => !there.has(keyOf(path, version)));
  const fetchNext = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [path, version] = next;
      const response = await fetch(encodeURI(root + path), { cache: "no-cache" }).catch(() => undefined);
      if (isWhole(response)) await cache.put(keyOf(path, version), response);
    }
  };
  await Promise.all([fetchNext(), fetchNext(), fetchNext()]);
};

/* Deletes what this version does not have; an older page stays until the newer one is there. */
const tidy = async (files) => {
  if (self.registration.installing || self.registration.waiting) return; // what the next version has fetched is not old
  const cache = await open();
  const requests = await cache.keys();
  const there = new Set(requests.map((request) => request.url));
  for (const request of requests) {
    const path = pathOf(request.url);
    const newest = keyOf(path, files[path]);
    if (path !== LIST && request.url !== newest && (!files[path] || there.has(newest))) await cache.delete(request);
  }
};

self.addEventListener("install", (event) => {
  self.skipWaiting(); // safe, since pages come from the network first and their files have names of their own
  event.waitUntil(
    (async () => {
      await (await open()).add(new Request(root + LIST, { cache: "no-cache" }));
      const { first, files } = await list();
      await fill(first.map((path) => [path, files[path]]));
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), self.registration.navigationPreload?.enable()]));
});

/* A page that has come to rest says so. Unless its reader saves data, the rest of the garden is fetched then. */
self.addEventListener("message", (event) => {
  event.waitUntil(
    (async () => {
      const { files, isSmall } = await list();
      const here = pathOf(event.data.page); // it came before there was a worker
      await fill(event.data.fill && isSmall ? Object.entries(files) : files[here] ? [[here, files[here]]] : []);
      await tidy(files);
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { method, mode, destination, url } = event.request;
  if (method !== "GET" || !url.startsWith(new URL(root, self.location).href)) return;
  if (mode === "navigate") event.respondWith(page(event, pathOf(url)));
  else if (["style", "script", "font", "image"].includes(destination)) event.respondWith(file(event, pathOf(url)));
});
