// What is new since the last visit: a line on the front page, a mark on each new card.
// A visit ends after four hours without a page.

import { el, factsOf, keep, longDay, recall, root } from "./page.js";

const PAUSE = 4 * 60 * 60 * 1000;

export async function start() {
  const visit = await current();
  const before = visit?.before;
  if (!before || !(before.newest < visit.now.newest)) return;
  for (const card of document.querySelectorAll(".dg-card[data-day]")) {
    if (card.dataset.day > before.newest) mark(card);
  }
  const front = document.querySelector(".dg-masthead");
  if (!front || document.querySelector(".dg-since")) return;
  const told = await line(before).catch(() => null); // on a train the marks have to do
  if (told) front.after(told);
}

/** This visit and the one before: {now: {newest, on, at}, before}; `newest` is the newest edition seen. */
async function current() {
  let visit = recall("visit", null);
  const now = Date.now();
  if (!visit || now - visit.now.at > PAUSE) {
    const newest = await newestEdition();
    if (!newest) return visit;
    const on = new Date(now).toLocaleDateString("sv"); // 2025-03-24, by the reader's own clock
    visit = { before: visit?.now ?? null, now: { newest, on, at: now } };
  }
  visit.now.at = now;
  keep("visit", visit);
  return visit;
}

async function newestEdition() {
  try {
    return (await (await fetch(new URL("status.json", root))).json()).newest_edition;
  } catch {
    return null;
  }
}

function mark(card) {
  if (card.classList.contains("dg-new")) return;
  card.classList.add("dg-new");
  factsOf(card).prepend(el("b", { class: "dg-newmark" }, "New"));
}

/** “12 new since 18 November”, each new day a link. */
async function line(before) {
  const days = await (await fetch(new URL("days.json", root))).json();
  const fresh = Object.entries(days).filter(([day]) => day > before.newest);
  const count = fresh.reduce((sum, [, papers]) => sum + papers, 0);
  const links = fresh.slice(0, 7).flatMap(([day, papers], place) => [
    place ? ", " : "",
    el("a", { href: new URL(`days/${day}/`, root) }, longDay(day, false)),
    ` (${papers})`,
  ]);
  const more = fresh.length > 7 ? ` and ${fresh.length - 7} more days` : "";
  const text = `${count.toLocaleString("en")} new since ${longDay(before.on, false)}: `;
  return el("p", { class: "dg-since", role: "status" }, text, ...links, more);
}
