// data-here="<id of a place field>" data-name="<its name>": asks the phone where it is and
// shows the place there as chosen. The position goes into one question and is kept nowhere.
import { all } from './all.js';

export function here(root) {
  for (const button of all(root, '[data-here]')) {
    if (!navigator.geolocation) continue;
    button.hidden = false;
    const label = button.querySelector('span');
    const text = label.textContent;
    const target = () => document.getElementById(`${button.dataset.here}-found`);
    button.addEventListener('click', () => {
      label.textContent = button.dataset.wait;
      button.disabled = true;
      const done = () => {
        label.textContent = text;
        button.disabled = false;
      };
      const failed = () => {
        done();
        target().textContent = button.dataset.failed;
      };
      const ask = async ({ coords }) => {
        const values = { name: button.dataset.name, id: button.dataset.here, lon: coords.longitude, lat: coords.latitude };
        const answer = await fetch(`/places?${new URLSearchParams(values)}`);
        if (!answer.ok) throw new Error(answer.statusText);
        target().outerHTML = await answer.text();
        done();
      };
      navigator.geolocation.getCurrentPosition((found) => ask(found).catch(failed), failed, {
        enableHighAccuracy: true,
        timeout: 15_000,
      });
    });
  }
}
