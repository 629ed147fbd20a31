/** The connection doctor: what it found, in three sections, and what mends it. */
export { useDoctor } from "./useDoctor";
export { DoctorCard } from "./DoctorCard";
