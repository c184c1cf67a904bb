// Buttons that copy: <button data-copy="text">, or data-copy="#id" for the text of an element,
// or data-copy-from="address" for a file of the site.

import { say } from "./page.js";

export function start() {
  for (const button of document.querySelectorAll("[data-copy], [data-copy-from]")) {
    button.hidden = false;
    if (button.dataset.ready) continue;
    button.dataset.ready = "yes";
    button.addEventListener("click", async () => {
      try {
        await write(textOf(button));
        say("Copied");
      } catch {
        say("Could not copy: select the text instead");
      }
    });
  }
}

async function textOf(button) {
  const from = button.dataset.copyFrom;
  if (from) {
    const answer = await fetch(from);
    if (!answer.ok) throw new Error(`${from}: ${answer.status}`);
    return answer.text();
  }
  const text = button.dataset.copy;
  const element = text.startsWith("#") && document.getElementById(text.slice(1));
  return element ? element.textContent.trim() : text;
}

/** Put text on the clipboard; the old way where the page was not served safely. */
async function write(coming) {
  if (navigator.clipboard && window.ClipboardItem) {
    // the text may have to be fetched, but Safari wants the clipboard asked at the click
    const blob = coming.then((text) => new Blob([text], { type: "text/plain" }));
    return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
  }
  const area = document.createElement("textarea");
  area.value = await coming;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("no clipboard");
}
