/**
 * The headline numbers on this machine. Java and a native yardstick do the same work in turn, one call each, so that a
 * slow minute of the machine meets both; figures are medians, and what is compared is their ratio.
 */
package org.fus.examples.bench;
