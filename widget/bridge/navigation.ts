/**
 * Calls `listen` whenever the page went somewhere within its document, where the browser can tell.
 *
 * @returns false where it cannot: there is no Navigation API, or something of the page has its name,
 *   a variable or a `<nav id="navigation">`
 */
export function onNavigation(listen: () => void): boolean {
  const isOwn = Object.prototype.toString.call(window.navigation) === '[object Navigation]';
  if (isOwn) navigation.addEventListener('navigatesuccess', listen);
  return isOwn;
}
