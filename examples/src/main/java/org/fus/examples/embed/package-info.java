/** How a host embeds the SDK: the lines that the README shows, as code that a test runs. */
package org.fus.examples.embed;
