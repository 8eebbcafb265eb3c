/** How this computer calls its keys. */

export const isMac = navigator.platform.startsWith("Mac");
export const command = isMac ? "⌘" : "Ctrl";
