/**
 * Lets a browser translate the page. Translators put `<font>` elements in the place of text nodes that React still holds;
 * React then fails to remove a text that is elsewhere, and writes new words where nobody sees them.
 */

/** What a translator put in the place of each text. */
const standIns = new WeakMap<Node, Element>();

/** The node that is in the page now: the text itself, or what stands for it. */
function findInPage(parent: Node, child: Node): Node {
  if (child.parentNode === parent) return child;
  const standIn = standIns.get(child);
  return standIn?.parentNode === parent ? standIn : child;
}

/** New words for a text that was translated: it takes its place again, and is translated anew. */
function putBack(text: Node): void {
  const standIn = standIns.get(text);
  standIns.delete(text);
  if (standIn?.parentNode) standIn.parentNode.replaceChild(text, standIn);
}

/** Only a translator makes these. */
const isStandIn = (node: Node): node is Element => node.nodeName === 'FONT';

/** Pairs texts that left with the elements that came in the same place, in order. */
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

/** Call once, before React renders. */
export function surviveTranslation(root: Node): void {
  const removeChild = Reflect.get(Node.prototype, 'removeChild') as (child: Node) => Node;
  const insertBefore = Reflect.get(Node.prototype, 'insertBefore') as (child: Node, before: Node | null) => Node;
  // A node that is nowhere in its parent is left alone: what React wanted to be gone is gone.
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
