/**
 * Makes the app work while the browser translates the page. Translators replace text nodes by `<font>` elements, but React still
 * refers to the text nodes: it would fail to remove them, and write new text into nodes that are no longer on the page.
 */

/** The element by which a translator replaced each text. */
const standIns = new WeakMap<Node, Element>();

/** The node that is on the page now: the text itself, or the element that replaced it. */
function findInPage(parent: Node, child: Node): Node {
  if (child.parentNode === parent) return child;
  const standIn = standIns.get(child);
  return standIn?.parentNode === parent ? standIn : child;
}

/** Puts a text back in its place when React has changed it, so that it is translated again. */
function putBack(text: Node): void {
  const standIn = standIns.get(text);
  standIns.delete(text);
  if (standIn?.parentNode) standIn.parentNode.replaceChild(text, standIn);
}

/** The app itself uses no `<font>` elements. */
const isStandIn = (node: Node): node is Element => node.nodeName === 'FONT';

/** Notes which element replaced which text: it was added where the text was removed. */
function notePairs(records: readonly MutationRecord[], watchText: (text: Node) => void): void {
  const added = records.flatMap((record) => [...record.addedNodes]).filter(isStandIn);
  for (const { removedNodes, previousSibling, nextSibling } of records)
    for (const text of removedNodes) {
      if (!(text instanceof Text) || text.isConnected) continue;
      const standIn = added.find((element) => element === previousSibling || element === nextSibling);
      if (standIn === undefined || standIns.has(text)) continue;
      standIns.set(text, standIn);
      watchText(text);
    }
}

/** Must be called once, before React renders. */
export function surviveTranslation(root: Node): void {
  const removeChild = Reflect.get(Node.prototype, 'removeChild') as (child: Node) => Node;
  const insertBefore = Reflect.get(Node.prototype, 'insertBefore') as (child: Node, before: Node | null) => Node;
  // A node that is not in its parent any more needs no removing.
  Node.prototype.removeChild = function <Child extends Node>(this: Node, child: Child): Child {
    const present = findInPage(this, child);
    if (present.parentNode === this) removeChild.call(this, present);
    return child;
  };
  Node.prototype.insertBefore = function <Child extends Node>(this: Node, child: Child, before: Node | null): Child {
    const present = before === null ? null : findInPage(this, before);
    insertBefore.call(this, child, present?.parentNode === this ? present : null);
    return child;
  };

  const words = new MutationObserver((records) => {
    for (const { target } of records) putBack(target);
  });
  new MutationObserver((records) => {
    notePairs(records, (text) => {
      words.observe(text, { characterData: true });
    });
  }).observe(root, { childList: true, subtree: true });
}
