/** A small web page on jobs, on the HTTP server of the JDK: what waits, what runs, pictures of results, submit and cancel. */
package org.fus.cloud.web;
