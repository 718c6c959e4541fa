/* What lies over the projector for a moment: the finder, the list of keys, and the mouse's arrow while it is moved. */
const QUIET_MS = 2500;
let arrowTimer = null;

// In full screen Escape is the browser's, unless it lets a page have it; then F or a long press leaves full screen.
helm.full = async () => {
  if (document.fullscreenElement) return document.exitFullscreen();
  await document.documentElement.requestFullscreen().catch(() => {});
  if (navigator.keyboard && navigator.keyboard.lock) navigator.keyboard.lock(["Escape"]).catch(() => {});
};

document.addEventListener("fullscreenchange", () => { if (!document.fullscreenElement) helm.back(); });

helm.keys = () => { $("keys").hidden = !$("keys").hidden; };

helm.find = () => {
  $("find").hidden = false;
  $("sought").select();
  $("sought").focus();
};

// Back to the scene: whatever was looked for, and whatever lies over it for a moment.
helm.back = () => {
  putAway();
  if (stages.front) stages.front.back();
};

function putAway() {
  for (const id of ["find", "keys", "found"]) $(id).hidden = true;
  document.body.classList.remove("finding");
  $("said").textContent = "";
  $("places").replaceChildren();
  $("sought").blur();
}

helm.escape = () => {
  const wanted = over();
  helm.back();
  if (wanted.length) helm.set(wanted);
};

helm.on.back = () => helm.back();
helm.on.found = ({ found }) => goTo(found);
helm.on.hello = () => helm.tell("screen");

function goTo(found) {
  const wanted = over();
  putAway();
  if (wanted.length) helm.set(wanted);
  document.body.classList.add("finding");
  $("found").hidden = false;
  $("found").textContent = found.title;
  stages.front.find(found);
}

$("find").addEventListener("submit", async (e) => {
  e.preventDefault();
  const { list, words } = await look($("sought").value);
  $("said").textContent = words;
  offer($("places"), list, goTo);
  if (list.length === 1) goTo(list[0]);
  else if (list.length) $("places").querySelector("button").focus();
});

document.addEventListener("mousemove", () => {
  document.body.classList.remove("still");
  clearTimeout(arrowTimer);
  arrowTimer = setTimeout(() => document.body.classList.add("still"), QUIET_MS);
});
