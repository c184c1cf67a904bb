// Coming nearer on the map: buttons, a double click, the wheel with Ctrl, two fingers, keys; drag to move.

import { el } from "./page.js";

const NEAREST = 8; // times larger, at most

export function start() {
  const map = document.querySelector(".dg-map");
  const plane = map.querySelector(".dg-plane");
  const svg = plane.querySelector("svg");
  if (!svg || map.querySelector(".dg-zoom")) return;
  const whole = svg.viewBox.baseVal;
  const full = { x: 0, y: 0, width: whole.width, height: whole.height };
  let view = { ...full };

  function show(next) {
    const width = Math.min(full.width, Math.max(full.width / NEAREST, next.width));
    const height = (width / full.width) * full.height;
    const x = Math.min(full.width - width, Math.max(0, next.x));
    const y = Math.min(full.height - height, Math.max(0, next.y));
    view = { x, y, width, height };
    svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    map.classList.toggle("dg-zoomed", width < full.width);
    // names keep their size on the screen nearly, points grow a little
    svg.style.setProperty("--names", (width / full.width) ** 0.8);
    svg.style.setProperty("--dots", (width / full.width) ** 0.5);
  }

  /** Come nearer or go back, keeping the place under (at) where it is. */
  function zoom(times, at = { x: view.x + view.width / 2, y: view.y + view.height / 2 }) {
    const width = Math.min(full.width, Math.max(full.width / NEAREST, view.width / times));
    const share = width / view.width;
    show({ width, x: at.x - (at.x - view.x) * share, y: at.y - (at.y - view.y) * share });
  }

  const move = (x, y) => show({ ...view, x: view.x + x * view.width, y: view.y + y * view.height });

  /** A place on the screen as a place on the map. */
  function under({ clientX, clientY }) {
    const box = svg.getBoundingClientRect();
    return {
      x: view.x + ((clientX - box.left) / box.width) * view.width,
      y: view.y + ((clientY - box.top) / box.height) * view.height,
    };
  }

  const button = (sign, name, action) =>
    el("button", { type: "button", "aria-label": name, title: name, onclick: action }, sign);
  map.prepend(
    el(
      "div",
      { class: "dg-zoom", role: "group", "aria-label": "Zoom" },
      button("+", "Nearer", () => zoom(1.6)),
      button("−", "Farther", () => zoom(1 / 1.6)),
      button("⤢", "All", () => show(full)),
    ),
  );
  plane.addEventListener("dblclick", (event) => (event.preventDefault(), zoom(2, under(event))));
  plane.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return; // the wheel alone scrolls the page
      event.preventDefault();
      zoom(1.002 ** -event.deltaY, under(event));
    },
    { passive: false },
  );
  const keys = {
    "+": () => zoom(1.6),
    "=": () => zoom(1.6),
    "-": () => zoom(1 / 1.6),
    0: () => show(full),
    ArrowLeft: () => move(-0.2, 0),
    ArrowRight: () => move(0.2, 0),
    ArrowUp: () => move(0, -0.2),
    ArrowDown: () => move(0, 0.2),
  };
  plane.addEventListener("keydown", (event) => {
    const zoomed = view.width < full.width;
    if (!keys[event.key] || event.ctrlKey || event.metaKey || (event.key.startsWith("Arrow") && !zoomed)) return;
    event.preventDefault();
    keys[event.key]();
  });
  dragging(plane, () => view.width < full.width, (x, y) => move(-x, -y), zoom, under);
  telling(map, svg);
}

/** Move the map with a finger or the mouse, and come nearer with two fingers. */
function dragging(plane, zoomed, move, zoom, under) {
  const fingers = new Map();
  let moved = 0;
  const apart = () => {
    const [one, other] = [...fingers.values()];
    return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  };
  plane.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, event);
    moved = 0;
  });
  plane.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const wide = fingers.size === 2 && apart();
    fingers.set(event.pointerId, event);
    if (wide) return zoom(apart() / wide, under(event));
    if (!zoomed()) return;
    const box = plane.getBoundingClientRect();
    moved += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
    move((event.clientX - before.clientX) / box.width, (event.clientY - before.clientY) / box.height);
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
    plane.addEventListener(end, (event) => fingers.delete(event.pointerId));
  }
  // what was a drag is no click, and a link is not to be dragged away
  plane.addEventListener("click", (event) => moved > 6 && event.preventDefault(), true);
  plane.addEventListener("dragstart", (event) => event.preventDefault());
}

/** Say below the map what is under the mouse. */
function telling(map, svg) {
  const told = el("p", { class: "dg-told", "aria-hidden": "true" });
  map.append(told);
  const tell = (event) => {
    const title = event.target.closest("a")?.querySelector("title");
    if (title) told.textContent = title.textContent;
  };
  svg.addEventListener("pointerover", tell);
  svg.addEventListener("focusin", tell);
}
