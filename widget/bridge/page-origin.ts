/**
 * The page's origin, read where a page cannot replace it: `var origin` and `var self` are common. In a
 * `srcdoc` frame and in a file the location has no host, and `window.origin` is used.
 */
export function pageOrigin(): string {
  return (location.host ? location : window).origin;
}
