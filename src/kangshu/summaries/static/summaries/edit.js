// Puts the chosen figure where the cursor stands.
"use strict";
const text = document.querySelector("[data-figure-text]");
const choice = document.querySelector("[data-figure-choice]");
document.querySelector("[data-figure-insert]")?.addEventListener("click", () => {
  const { selectionStart: from, selectionEnd: to } = text;
  text.setRangeText(choice.value, from, to, "end");
  text.focus();
});
