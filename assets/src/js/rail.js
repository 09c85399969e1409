// On a phone the rail is wider than the screen: the door that is open stands in sight.
export function rail(document) {
  const here = document.querySelector('.rail [aria-current]');
  const doors = here?.closest('ul');
  if (!doors || doors.scrollWidth <= doors.clientWidth) return;
  const [door, all] = [here.getBoundingClientRect(), doors.getBoundingClientRect()];
  doors.scrollLeft += door.left + door.width / 2 - (all.left + all.width / 2);
}
