// What finds papers. Both engines give {find, facets}: `find(query)` the results, best first,
// each {id, load()}; `facets()` which results have what: {papers: [id], facets: {name: {value: [place]}}}.

import { root } from "./page.js";

let chosen;

/** The engine of this site, loaded when it is first asked for; after a failure, once more. */
export function engine() {
  chosen ??= pagefind()
    .catch(() => scan())
    .catch((error) => {
      chosen = undefined;
      throw error;
    });
  return chosen;
}

/** Pagefind: loads only the files of its indexes that a query needs. */
async function pagefind() {
  const indexes = await parts();
  return {
    async find(query) {
      const asked = query ? await suited(indexes, query.split(/\s+/)) : indexes.map((index) => ({ index, weight: 1 }));
      const found = await Promise.all(asked.map((each) => hits(each, query || null)));
      return found.flat().sort((one, other) => other.score - one.score);
    },
    facets: once(async () => {
      const { papers, facets } = await json("pagefind/facets.json");
      return { papers: papers.split(" "), facets: undone(facets) };
    }),
  };
}

/** The index is in parts, each with some of the papers; the newest are in the last. */
async function parts() {
  const folder = new URL("pagefind/", root);
  const { PagefindInstance } = await import(new URL("pagefind.js", folder));
  const { program, parts } = await json("pagefind/parts.json", { cache: "no-cache" });
  await new PagefindInstance({ basePath: folder.href }).loadWasm(program);
  const open = async (name) => {
    const index = new PagefindInstance({ basePath: new URL(`${name}/`, folder).href });
    await index.init(document.documentElement.lang.toLowerCase(), { load_wasm: false });
    await index.getPtr(); // fails if the index could not be read
    return { name, search: index.search.bind(index), size: Object.values(index.languages)[0].page_count };
  };
  return Promise.all(Array.from({ length: parts }, (_, place) => open(place + 1)));
}

async function hits({ index, weight }, query) {
  const { results } = await index.search(query);
  return results.map((result) => ({
    id: `${index.name}/${result.id}`,
    score: result.score * weight,
    load: async () => paper(await result.data()),
  }));
}

/** The parts to ask: those that know each word as well as any does. One that does not know a word would
 * answer with the beginning of it, or pass over it. A word that is rare in one part and frequent in
 * another counts for as much as in all together: that is each part's weight. */
async function suited(indexes, words) {
  const known = await Promise.all(words.map((word) => knowledge(indexes, word)));
  const size = (places) => places.reduce((sum, place) => sum + indexes[place].size, 0);
  const all = size([...indexes.keys()]);
  const fits = [...indexes.keys()].filter((place) => known.every(({ levels }) => levels[place] === Math.max(...levels)));
  const rarity = (papers, having) => Math.log((papers + 1) / (having + 0.5)); // as Pagefind has it
  return fits.map((place) => {
    let here = 0;
    let everywhere = 0;
    for (const { counts } of known) {
      here += rarity(indexes[place].size, counts[place]);
      everywhere += rarity(all, fits.reduce((sum, each) => sum + counts[each], 0));
    }
    return { index: indexes[place], weight: here ? everywhere / here : 1 };
  });
}

/** How many papers each part finds for a word, and by what: 2 the word, or longer ones that begin so;
 * 1 a shorter one, with which the word begins; 0 nothing. */
async function knowledge(indexes, word) {
  const each = (ask) => Promise.all(indexes.map(ask));
  const counted = (index, text) => index.search(text, NONE).then((answer) => answer.unfilteredResultCount);
  const counts = await each((index) => counted(index, word));
  const whole = await each((index) => counted(index, `"${word}"`));
  const levels = whole.every(Boolean) ? whole.map(() => 2) : await each((index, place) => {
    if (whole[place] || !counts[place]) return counts[place] ? 2 : 0;
    return beginning(index, word).then((is) => (is ? 1 : 2));
  });
  return { counts, levels };
}

/** Whether a part finds for a word what it finds for a longer one that no paper has. */
async function beginning(index, word) {
  const answers = await Promise.all([word, `${word}${NO_LETTER}`].map((text) => index.search(text)));
  const [found, shorter] = answers.map(({ results }) => results.map((result) => result.id).sort().join(" "));
  return found === shorter;
}

const NONE = { filters: { none: "none" } }; // count, but list nothing
const NO_LETTER = "\u{10FFFD}";

function paper({ url, content, meta }) {
  const text = content.startsWith(meta.title) ? content.slice(meta.title.length) : content;
  return {
    id: url.split("/").at(-2),
    title: meta.title,
    day: meta.date,
    topics: meta.topics?.split("; ") ?? [],
    authors: meta.authors?.split("; ") ?? [],
    code: meta.code ?? "",
    ours: meta.ours === "yes",
    withdrawn: meta.withdrawn === "yes",
    tldr: meta.tldr ?? "",
    text: text.replace(/^[.\s]+/, ""),
  };
}

/** The same of a line of papers.jsonl. */
function read(each) {
  const code = each.links.find((link) => link.kind === "code")?.url ?? "";
  const { date, published } = each;
  const day = published && date.startsWith(published) ? published : date; // of a year no day is known
  return { ...each, day, code, ours: each.title_from === "headline", text: each.abstract };
}

/** Places are stored as steps from the one before. */
function undone(facets) {
  for (const values of Object.values(facets)) {
    for (const [value, steps] of Object.entries(values)) {
      let place = 0;
      values[value] = steps.map((step) => (place += step));
    }
  }
  return facets;
}

/** Where Pagefind could not be had: load every paper once, and read through them. */
async function scan() {
  const answer = await fetch(new URL("papers.jsonl", root));
  if (!answer.ok) throw new Error(`papers.jsonl: ${answer.status}`);
  const papers = (await answer.text()).split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const texts = papers.map((each) => [each.title, each.keyphrases.join(" "), each.authors.join(" "), each.abstract].map(plain));
  return {
    async find(query) {
      const asked = plain(query).split(" ").filter(Boolean);
      return papers
        .map((each, place) => ({ each, points: points(texts[place], asked) }))
        .filter(({ points }) => points > 0)
        .sort((one, other) => other.points - one.points)
        .map(({ each }) => ({ id: each.id, load: async () => read(each) }));
    },
    facets: async () => ({ papers: papers.map((each) => each.id), facets: gathered(papers) }),
  };
}

/** Sections of the pages that people wrote which have every word, the best first: {page, title, url}. */
export async function sections(query) {
  const asked = plain(query).split(" ").filter(Boolean);
  if (!asked.length) return [];
  return (await written())
    .map((each) => ({ ...each, points: points(each.texts, asked), often: often(each.texts.at(-1), asked) }))
    .filter((each) => each.points > 0)
    .sort((one, other) => other.points - one.points || other.often - one.often);
}

/** How often a text has words that begin as these do. */
const often = (text, asked) => asked.reduce((sum, word) => sum + text.split(` ${word}`).length - 1, 0);

const written = once(async () => {
  const all = await json("search/pages.json").catch(() => []);
  return all.map((each) => ({ ...each, texts: [each.title, each.page, "", each.text].map(plain) }));
});

const WORTH = [10, 3, 2, 1];

/** How well a paper answers: 0 unless every word begins a word of it. */
function points(texts, asked) {
  let sum = asked.length ? 0 : 1;
  for (const word of asked) {
    const found = texts.reduce((most, text, field) => Math.max(most, text.includes(` ${word}`) ? WORTH[field] : 0), 0);
    if (!found) return 0;
    sum += found;
  }
  return sum;
}

/** Words in lower case and without accents, each with a space before it. */
export function plain(text) {
  const bare = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return ` ${bare.replace(/[^\p{L}\p{N}]+/gu, " ").trim()}`;
}

function gathered(papers) {
  const facets = { topic: {}, date: {}, source: {}, code: {} };
  const add = (facet, value, place) => (facets[facet][value] ??= []).push(place);
  papers.forEach((each, place) => {
    for (const topic of each.topics) add("topic", topic, place);
    add("date", each.date.slice(0, 7), place);
    for (const source of each.sources) add("source", source, place);
    if (each.links.some((link) => link.kind === "code")) add("code", "yes", place);
  });
  return facets;
}

async function json(path, options) {
  const answer = await fetch(new URL(path, root), options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

function once(make) {
  let made;
  return () => (made ??= make());
}
