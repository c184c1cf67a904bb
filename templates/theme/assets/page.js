// What every script here needs: where the site begins, what the reader keeps, and safe elements.

/** The address of the site, wherever it is hosted; scripts lie in its folder assets/. */
export const root = new URL("..", import.meta.url);

/** What is about one paper: a card of a list, or the paper's own page. */
export const PAPER = "[data-paper]";

/** Make an element. Text is only ever text: what a paper says never becomes markup. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const key = (name) => `digest:${root.pathname}:${name}`;

/** Read what was kept in this browser; a browser that keeps nothing is as good as a new one. */
export function recall(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key(name))) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** Keep something in this browser, if it lets us. */
export function keep(name, value) {
  try {
    localStorage.setItem(key(name), JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** The heading that names a paper. */
export function headingOf(paper) {
  return paper.querySelector("h3") ?? document.querySelector(".md-content h1");
}

/** A paper's title as text, without what is beside it. */
export function titleOf(paper) {
  const heading = headingOf(paper).cloneNode(true);
  for (const other of heading.querySelectorAll("small, button, .headerlink")) other.remove();
  return heading.textContent.trim();
}

/** The line of facts of a card; where there are none, an empty one at its end. */
export function factsOf(card) {
  if (!card.querySelector(".dg-facts")) card.append(el("p", { class: "dg-facts" }));
  return card.querySelector(".dg-facts");
}

/** Write a day (2025-03-24), or a month or year (2025-03, 2025), as the site's readers do. */
export function longDay(day, withYear = true) {
  const [year, month, date] = day.split("-").map(Number);
  const parts = { ...(date && { day: "numeric" }), ...(month && { month: "long" }), ...((withYear || !month) && { year: "numeric" }) };
  return new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: "UTC" }).format(Date.UTC(year, (month ?? 1) - 1, date ?? 1));
}

/** Say something to those who hear the page, and show it for a moment. */
export function say(text) {
  let box = document.querySelector(".dg-said");
  if (!box) document.body.append((box = el("p", { class: "dg-said", role: "status" })));
  box.textContent = text;
  box.classList.add("dg-shown");
  clearTimeout(box.timer);
  box.timer = setTimeout(() => box.classList.remove("dg-shown"), 2500);
}
