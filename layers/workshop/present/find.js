/* "Show us our street": what goes by some words, and a list to choose from where there are several. */

async function look(sought) {
  try {
    const reply = await fetch(HERE + "find?words=" + encodeURIComponent(sought), { headers: { Accept: "application/json" } });
    if (reply.status >= 500) throw new Error("not now");
    const told = await reply.json();
    return { list: told.found || [], words: told.words || "" };
  } catch (lost) {
    return { list: [], words: "Not connected, so nothing can be looked up just now." };
  }
}

// Up and down lead through what was found, not through the scenes.
function lead(e) {
  const rows = [...e.currentTarget.querySelectorAll("button")], step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
  if (!step) return;
  e.preventDefault();
  e.stopPropagation();
  const to = rows[rows.indexOf(document.activeElement) + step];
  if (to) to.focus();
}

function offer(box, list, choose) {
  box.onkeydown = lead;
  box.replaceChildren(...(list.length > 1 ? list : []).map((each) => {
    const row = made("li"), button = made("button", each.label);
    button.type = "button";
    button.addEventListener("click", () => { box.replaceChildren(); choose(each); });
    row.append(button);
    return row;
  }));
}
