/* The form works without this; with it a sheet takes fewer keys. */
(function () {
  "use strict";
  const form = document.getElementById("sheet");
  if (!form) return;
  document.querySelectorAll(".keys").forEach((words) => { words.hidden = false; });

  // What was done is told anew once the page is there, so that a screen reader says it.
  const said = document.getElementById("said"), words = said.textContent;
  if (words) {
    said.textContent = "";
    setTimeout(() => { said.textContent = words; }, 100);
  }

  // A browser that comes back to the page may have kept what was typed into the sheet before.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    const list = event.target.type === "checkbox" && event.target.closest("fieldset.vote");
    if (!list || event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
    const ticks = list.querySelectorAll("input[type=checkbox]"), one = ticks[Number(event.key) - 1];
    if (!one) return;
    event.preventDefault();
    one.checked = !one.checked;
    one.focus();
  });
})();
