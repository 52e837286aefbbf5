/** What the packages of this module share; not for hosts. */
package org.fus.cloud.internal;
