# page	who	edit 2, create 4, delete 16
*	@ALL	1
*	@user	16
