/**
 * Calls `listen` after every navigation within the page's document.
 *
 * @returns false where it cannot: the browser has no Navigation API, or the page has its own
 *   `navigation`, a variable or a `<nav id="navigation">`
 */
export function onNavigation(listen: () => void): boolean {
  const isOwn = Object.prototype.toString.call(window.navigation) === '[object Navigation]';
  if (isOwn) navigation.addEventListener('navigatesuccess', listen);
  return isOwn;
}
