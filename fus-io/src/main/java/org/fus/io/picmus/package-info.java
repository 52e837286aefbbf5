/** Channel data of the PICMUS challenge (https://www.creatis.insa-lyon.fr/Challenge/IEEE_IUS_2016), HUFF v.0.0.40. */
package org.fus.io.picmus;
