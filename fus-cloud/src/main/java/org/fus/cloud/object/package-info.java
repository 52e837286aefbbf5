/** Objects by key, with conditional writes: what every shared store stands on. A folder is one implementation. */
package org.fus.cloud.object;
