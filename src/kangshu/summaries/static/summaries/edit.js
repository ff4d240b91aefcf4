// Typing "/" in a section's text, or the button, opens a finder of figures; Enter puts the chosen one where the
// cursor stood, with its name and unit, and the preview follows.
"use strict";
const text = document.querySelector("[data-figure-text]");
const finder = document.querySelector("[data-figure-finder]");
const search = finder.querySelector("input");
const list = finder.querySelector("ul");
const catalogue = JSON.parse(document.getElementById("figure-catalogue").textContent);
const SHOWN = 8;
let found = [];
let chosen = 0;

function matching(words) {
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
  return catalogue.filter((one) => parts.every((part) => one.words.includes(part))).slice(0, SHOWN);
}

function draw() {
  found = matching(search.value);
  chosen = Math.min(chosen, Math.max(found.length - 1, 0));
  list.replaceChildren(
    ...found.map((one, index) => {
      const item = document.createElement("li");
      item.role = "option";
      item.id = `figure-option-${index}`;
      item.textContent = one.title;
      item.ariaSelected = index === chosen;
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        put(one);
      });
      return item;
    }),
  );
  if (!found.length) {
    const nothing = document.createElement("li");
    nothing.textContent = list.dataset.none;
    list.replaceChildren(nothing);
  }
  search.setAttribute("aria-activedescendant", found.length ? `figure-option-${chosen}` : "");
}

function open() {
  finder.hidden = false;
  search.value = "";
  chosen = 0;
  draw();
  search.focus();
}

function close() {
  finder.hidden = true;
  text.focus();
}

function put(one) {
  const { selectionStart: from, selectionEnd: to } = text;
  text.setRangeText(`${one.token}${one.unit}`, from, to, "end");
  close();
  text.dispatchEvent(new Event("figure-chosen"));
}

text.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.isComposing || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  open();
});
document.querySelector("[data-figure-open]").addEventListener("click", open);
search.addEventListener("input", () => {
  chosen = 0;
  draw();
});
search.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && found.length) {
    chosen = (chosen + step + found.length) % found.length;
    draw();
  } else if (event.key === "Enter") {
    if (found.length) put(found[chosen]);
  } else if (event.key === "/" && search.value === "") {
    // Twice is a stroke in the text: 元/人.
    text.setRangeText("/", text.selectionStart, text.selectionEnd, "end");
    close();
  } else if (event.key === "Escape") {
    close();
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
});
search.addEventListener("blur", () => {
  finder.hidden = true;
});
