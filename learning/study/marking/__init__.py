"""What teachers say of works and give for them."""
