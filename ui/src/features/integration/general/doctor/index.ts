/** The connection doctor: what it found, in three sections, and what mends it. */
export { DoctorCard } from "./DoctorCard";
