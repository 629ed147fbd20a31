/** The mark of Landbridge: two shores, a deck and its cable. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden>
      <rect width="24" height="24" rx="6" fill="var(--accent)" />
      <g fill="none" stroke="#ffffff" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round">
        <path d="M4 15.75h16M6.5 18V7.5M17.5 18V7.5" />
        <path d="M4 10.5c1.2-.5 2-1.4 2.500-3 .9 3.600 2.700 5.500 5.500 5.500s4.600-1.900 5.500-5.500c.5 1.600 1.300 2.500 2.500 3" />
        <path d="M12 13v2.750M9.250 12v3.750M14.750 12v3.750" strokeWidth="1.1" />
      </g>
    </svg>
  );
}
