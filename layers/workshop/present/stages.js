/* Several maps, one in front: while a scene is shown, those beside it are painted behind it, so that to change is to
   bring another to the front. */
const SETTLE_MS = 60;

// `frames`: the frames that each hold a map. `room`: the page's pixels for one of a screen 1,080 high. `small`: whether
// they are too small for a key. `pinsOf`: the pins of a scene, by its position, as far as they are known and shown.
function stagesIn(frames, room, small, pinsOf) {
  const held = frames.map((frame) => ({ frame, scene: null, hatch: false }));
  let front = null, wanted = 0, timer = null;

  const api = (one) => one.frame.contentWindow.stage;
  // What should be ready, the likeliest to be wanted first: the next, the one before, the ends, and then the nearest.
  function order() {
    const end = helm.scenes.length - 1, likely = [wanted, wanted + 1, wanted - 1, 0, end];
    for (let far = 2; far <= end; far++) likely.push(wanted + far, wanted - far);
    return [...new Set(likely)].filter((i) => i >= 0 && i <= end).slice(0, held.length);
  }

  function paint(one, i) {
    one.scene = i;
    api(one).hatch(helm.prefers.hatch);
    settled(one);
    api(one).paint(helm.scenes[i].step);
  }

  // The dots of a map that is behind are drawn there, with their row of the key, so that nothing moves once it is shown.
  const settled = (one) => api(one).answers(pinsOf(one.scene), new Set());

  function bring(one) {
    if (front === one) return;
    for (const each of held) each.frame.classList.toggle("front", each === one);
    for (const each of held) each.frame.inert = each !== one;
    front = one;
  }

  // A scene that no map holds is painted in one that none of its neighbours needs, and only then comes to the front.
  function show(i, answers) {
    if (i !== wanted) delete document.body.dataset.ahead;
    wanted = i;
    let one = held.find((each) => each.scene === i);
    if (!one) {
      one = held.find((each) => each !== front && !order().includes(each.scene)) || held.find((each) => each !== front) || front;
      paint(one, i);
    }
    api(one).hatch(helm.prefers.hatch);
    api(one).answers(answers.pins, answers.fresh);
    bring(one);
    later();
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(ahead, SETTLE_MS);
  }

  // One at a time, so that a key that is pressed meanwhile waits for one map at most.
  function ahead() {
    for (const each of held) if (each !== front) {
      api(each).back();
      api(each).hatch(helm.prefers.hatch);
      if (each.scene !== null) settled(each);
    }
    const next = order().find((i) => !held.some((each) => each.scene === i));
    const spare = held.find((each) => each !== front && !order().includes(each.scene));
    if (next === undefined || !spare) { document.body.dataset.ahead = wanted; return; }
    paint(spare, next);
    later();
  }

  // A frame that could not be loaded is asked for again until it can.
  function loaded(frame) {
    return new Promise((done) => {
      const look = () => { if (frame.contentWindow.stage) done(); else setTimeout(() => { frame.src = "stage"; }, 1000); };
      if (frame.contentWindow.stage) return done();
      frame.addEventListener("load", look);
    });
  }

  async function begin() {
    await Promise.all(frames.map(loaded));
    const levels = new Set(helm.scenes.map((scene) => scene.step.level));
    for (const each of held) {
      api(each).start(room(), small, helm.places);
      for (const level of levels) api(each).ready(level);
    }
    window.addEventListener("resize", () => { for (const each of held) if (each.frame.isConnected) api(each).size(room()); });
  }

  // Whatever was painted is of scenes that are no more.
  function forget() {
    for (const each of held) {
      each.scene = null;
      api(each).places(helm.places);
    }
  }

  return { begin, show, later, forget, get front() { return front && api(front); } };
}
