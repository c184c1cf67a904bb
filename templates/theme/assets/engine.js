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

/** Pagefind: loads only the parts of its index that a query needs. */
async function pagefind() {
  const library = await import(new URL("pagefind/pagefind.js", root));
  await library.options({ noWorker: true });
  await library.init();
  // a large digest has several indexes, which answer as one
  await Promise.all((library.parts ?? []).map((part) => library.mergeIndex(new URL(`pagefind/${part}`, root).href)));
  return {
    async find(query) {
      const { results } = await library.search(query || null);
      return results.map((result) => ({ id: result.id, load: async () => paper(await result.data()) }));
    },
    facets: once(async () => {
      const { papers, facets } = await json("pagefind/facets.json");
      return { papers: papers.split(" "), facets: undone(facets) };
    }),
  };
}

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

async function json(path) {
  const answer = await fetch(new URL(path, root));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

function once(make) {
  let made;
  return () => (made ??= make());
}
