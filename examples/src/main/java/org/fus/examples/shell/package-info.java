/** Java snippets with the SDK at hand: the interactive shell and its script mode. */
package org.fus.examples.shell;
